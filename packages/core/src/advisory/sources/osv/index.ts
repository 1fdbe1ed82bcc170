import type { AdvisorySource } from '../../types.ts';
import { ecosystems, families } from './ecosystems.ts';
import { isOsv, readOsv } from './read.ts';

/** Advisories in the Open Source Vulnerability format. */
export const osv: AdvisorySource = {
  id: 'osv',
  title: 'OSV',
  license:
    'as each record: GitHub Advisory Database, Go, PyPA and SUSE CC-BY-4.0, RustSec CC0-1.0, Bitnami Apache-2.0, AlmaLinux MIT, Rocky Linux BSD-3-Clause',
  ecosystems: families,
  addresses: ecosystems
    .filter(({ live }) => live)
    .map(({ name }) => `https://osv-vulnerabilities.storage.googleapis.com/${encodeURIComponent(name)}/all.zip`),
  recognises: (_name, head) => isOsv(head),
  parse: readOsv,
};
