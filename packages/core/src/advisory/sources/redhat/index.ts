import { isAppError } from '../../../util/errors.ts';
import { jsonFiles } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseCsaf } from './parse.ts';

/** The largest documents, of the kernel, have some 60 MB. */
const MAX_DOCUMENT = 256 * 1024 * 1024;

/** What Red Hat knows of each package of Enterprise Linux, fixed or not. */
export const redhat: AdvisorySource = {
  id: 'redhat',
  title: 'Red Hat CSAF VEX',
  license: 'CC-BY-4.0',
  ecosystems: ['rhel'],
  addresses: ['https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt'],
  onRequest: true,
  locate: async (address, read) => [new URL((await read(address)).trim(), address).href],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /"category"\s*:\s*"csaf_(?:vex|security_advisory)"/.test(text) && /"namespace"\s*:\s*"https:\/\/www\.redhat\.com"/.test(text);
  },
  async *parse(document, context) {
    for await (const { name, read } of jsonFiles(document, MAX_DOCUMENT)) {
      const advisories = parseCsaf(await read().catch(tooLarge));
      if (typeof advisories === 'string') {
        context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${name}: ${advisories}`, author: 'redhat' });
        continue;
      }
      for (const advisory of advisories) yield { kind: 'advisory', advisory };
    }
  },
};

function tooLarge(error: unknown): Uint8Array {
  if (isAppError(error, 'LIMIT_EXCEEDED')) return new Uint8Array(0);
  throw error;
}
