import { decode, parseParagraphs } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** A wheel's METADATA, an egg's PKG-INFO, or an egg-info that is a file itself. */
export function isMetadataFile(path: string): boolean {
  return path.endsWith('.dist-info/METADATA') || path.endsWith('.egg-info/PKG-INFO') || path.endsWith('.egg-info');
}

/** The header of core metadata: https://packaging.python.org/en/latest/specifications/core-metadata/ */
export function* parseMetadata(bytes: Uint8Array): Generator<Finding> {
  const [fields] = parseParagraphs(decode(bytes));
  const name = fields?.get('name');
  const version = fields?.get('version');
  if (!fields || !name || !version) return;
  const license = fields.get('license-expression') ?? fields.get('license');
  yield {
    kind: 'package',
    draft: { type: 'pypi', name: normaliseName(name), version, licenses: license && license !== 'UNKNOWN' ? [license.slice(0, 200)] : [] },
  };
}

/** Names that differ in case, dots, dashes and underscores are one: https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
