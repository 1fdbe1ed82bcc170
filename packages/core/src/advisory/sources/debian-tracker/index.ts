import { parseJson } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import { readDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseTracker } from './parse.ts';

/** The live document has some 70 MB. */
const MAX_DOCUMENT = 512 * 1024 * 1024;

/** What Debian's security team knows of each source package in each release. */
export const debianTracker: AdvisorySource = {
  id: 'debian-tracker',
  title: 'Debian security tracker',
  license: 'free to use, as Debian publishes it',
  ecosystems: ['debian'],
  addresses: ['https://security-tracker.debian.org/tracker/data/json'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^\s*\{\s*"[a-z0-9][a-z0-9.+-]*"\s*:\s*\{\s*"(?:CVE|TEMP)-/.test(text) && text.includes('"releases"');
  },
  async *parse(document, context) {
    const bytes = await readDocument(document, MAX_DOCUMENT);
    const fail = (cause: unknown) => new AppError('ADVISORY_UNREADABLE', `${document.name} is not JSON of the tracker`, { cause });
    const packages = parseJson(bytes, fail);
    if (typeof packages !== 'object' || packages === null || Array.isArray(packages)) throw fail(undefined);
    for (const advisory of parseTracker(packages, context)) yield { kind: 'advisory', advisory };
  },
};
