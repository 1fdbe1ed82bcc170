import { readSecdb, type SecdbDialect } from '../../shared/secdb.ts';
import type { AdvisorySource } from '../../types.ts';
import { branches } from './branches.data.ts';

/** A document for each branch and repository. */
export const alpineDialect: SecdbDialect = {
  source: 'alpine-secdb',
  ecosystemOf: (release) => `alpine:${release.replace(/^v/, '')}`,
  pageOf: (id) => (id.startsWith('CVE-') ? `https://security.alpinelinux.org/vuln/${id}` : undefined),
};

/** Which version of each Alpine package fixed what. */
export const alpineSecdb: AdvisorySource = {
  id: 'alpine-secdb',
  title: 'Alpine security database',
  license: 'as Alpine publishes it',
  ecosystems: ['alpine'],
  addresses: branches.flatMap((branch) =>
    ['main', 'community'].map((repository) => `https://secdb.alpinelinux.org/${branch}/${repository}.json`),
  ),
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^\s*\{/.test(text) && /"distroversion"\s*:\s*"(?:v\d+\.\d+|edge)"/.test(text) && /"reponame"\s*:|"packages"\s*:/.test(text);
  },
  parse: (document, context) => readSecdb(document, alpineDialect, context),
};
