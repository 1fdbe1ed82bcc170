import { jsonFiles } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { branches } from './branches.data.ts';
import { parseSecdb } from './parse.ts';

const MAX_DOCUMENT = 64 * 1024 * 1024;

/** Which version of each Alpine package fixed what. */
export const alpineSecdb: AdvisorySource = {
  id: 'alpine-secdb',
  title: 'Alpine security database',
  license: 'as Alpine publishes it',
  addresses: branches.flatMap((branch) =>
    ['main', 'community'].map((repository) => `https://secdb.alpinelinux.org/${branch}/${repository}.json`),
  ),
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^\s*\{/.test(text) && /"distroversion"\s*:/.test(text) && /"reponame"\s*:|"packages"\s*:/.test(text);
  },
  async *parse(document, context) {
    for await (const { name, read } of jsonFiles(document, MAX_DOCUMENT)) {
      const advisories = parseSecdb(await read());
      if (typeof advisories === 'string') {
        context.diagnose({
          code: 'ADVISORY_RECORD_UNREADABLE',
          message: `${document.name}: ${name}: ${advisories}`,
          author: 'alpine-secdb',
        });
        continue;
      }
      for (const advisory of advisories) yield { kind: 'advisory', advisory };
    }
  },
};
