import { readSecdb, type SecdbDialect } from '../../shared/secdb.ts';
import type { AdvisorySource } from '../../types.ts';

/** One document for the one repository: the distribution has no releases. */
export const wolfiDialect: SecdbDialect = {
  source: 'wolfi',
  ecosystemOf: () => 'wolfi',
  pageOf: (id) => (id.startsWith('CGA-') ? `https://images.chainguard.dev/security/${id}` : undefined),
};

/** Which version of each Wolfi package fixed what. */
export const wolfi: AdvisorySource = {
  id: 'wolfi',
  title: 'Wolfi security database',
  license: 'CC-BY-NC-ND-4.0: fetched for one’s own use, not to be passed on in another form',
  ecosystems: ['wolfi'],
  addresses: ['https://packages.wolfi.dev/os/security.json'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return (
      /^\s*\{/.test(text) &&
      /"urlprefix"\s*:\s*"https:\/\/packages\.wolfi\.dev"/.test(text) &&
      /"packages"\s*:/.test(text) &&
      !text.includes('"distroversion"')
    );
  },
  parse: (document, context) => readSecdb(document, wolfiDialect, context),
};
