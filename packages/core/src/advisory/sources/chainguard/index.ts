import { readSecdb, type SecdbDialect } from '../../shared/secdb.ts';
import type { AdvisorySource } from '../../types.ts';

/** One document for the one repository: the distribution has no releases. */
export const chainguardDialect: SecdbDialect = {
  source: 'chainguard',
  ecosystemOf: () => 'chainguard',
  pageOf: (id) => (id.startsWith('CGA-') ? `https://images.chainguard.dev/security/${id}` : undefined),
};

/** Which version of each Chainguard package fixed what. */
export const chainguard: AdvisorySource = {
  id: 'chainguard',
  title: 'Chainguard security database',
  license: 'CC-BY-NC-ND-4.0: fetched for one’s own use, not to be passed on in another form',
  ecosystems: ['chainguard'],
  addresses: ['https://packages.cgr.dev/chainguard/security.json'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return (
      /^\s*\{/.test(text) && /"reponame"\s*:\s*"chainguard"/.test(text) && /"packages"\s*:/.test(text) && !text.includes('"distroversion"')
    );
  },
  parse: (document, context) => readSecdb(document, chainguardDialect, context),
};
