import { jsonFiles } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { ecosystems } from './ecosystems.ts';
import { parseOsv } from './parse.ts';

const MAX_RECORD = 16 * 1024 * 1024;
const HEAD = 4096;

/** Advisories in the Open Source Vulnerability format. */
export const osv: AdvisorySource = {
  id: 'osv',
  title: 'OSV',
  license:
    'as each record: GitHub Advisory Database, Go, PyPA and SUSE CC-BY-4.0, RustSec CC0-1.0, Bitnami Apache-2.0, AlmaLinux MIT, Rocky Linux BSD-3-Clause',
  addresses: ecosystems
    .filter(({ live }) => live)
    .map(({ name }) => `https://osv-vulnerabilities.storage.googleapis.com/${encodeURIComponent(name)}/all.zip`),
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^\s*\{/.test(text) && /"affected"\s*:\s*\[/.test(text) && /"id"\s*:\s*"/.test(text) && !isOther(text);
  },
  async *parse(document, context) {
    for await (const { name, read } of jsonFiles(document, MAX_RECORD)) {
      // Reports of malware: most of npm's feed, and none of our matter.
      if (/(?:^|\/)MAL-[^/]*$/.test(name)) continue;
      const bytes = await read();
      const advisories = parseOsv(bytes);
      if (typeof advisories === 'string') {
        // Docker's repository of advisories holds VEX documents too.
        if (name !== document.name && isOther(new TextDecoder().decode(bytes.subarray(0, HEAD)))) continue;
        context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${name}: ${advisories}`, author: 'osv' });
        continue;
      }
      for (const advisory of advisories) yield { kind: 'advisory', advisory };
    }
  },
};

/** OpenVEX and CVE records name things alike. */
function isOther(text: string): boolean {
  return text.includes('"@context"') || /"cna"\s*:/.test(text);
}
