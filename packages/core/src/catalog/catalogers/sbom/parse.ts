import { readSbom } from '../../../sbom/read.ts';
import { decode } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** Folders that builders put documents of what they built into. */
const FOLDERS = ['opt/bitnami/', 'usr/share/sbom/', 'usr/local/share/sbom/', 'var/lib/db/sbom/', 'var/lib/sbom/'];
const ENDINGS = ['.spdx', '.spdx.json', '.cdx.json', '.cyclonedx.json', '.syft.json'];

/** A document in a place that builders keep for them: elsewhere it may be a fixture, or speak of something else. */
export function isDocument(path: string): boolean {
  return FOLDERS.some((folder) => path.startsWith(folder)) && ENDINGS.some((ending) => path.endsWith(ending));
}

/** Programs that a document names. Packages of other types are what other catalogers find where they lie. */
export function* readPackages(bytes: Uint8Array): Generator<Finding> {
  const content = readSbom(decode(bytes));
  if (!content) throw new Error('it is no SBOM that is known');
  for (const { type, name, version, licenses } of content.packages) {
    if (type !== 'bitnami' && type !== 'generic') continue;
    yield { kind: 'package', draft: { type, name, version, licenses: licenses.filter((license) => license !== '') } };
  }
}
