import type { Finding } from '../../types.ts';

const FILE = '/package.json';
const FOLDER = 'node_modules/';

/** `.../node_modules/name/package.json` or `.../node_modules/@scope/name/package.json`, not what lies deeper in a package. */
export function isPackageFile(path: string): boolean {
  if (!path.endsWith(FILE)) return false;
  const start = path.lastIndexOf(FOLDER);
  if (start === -1 || (start > 0 && path[start - 1] !== '/')) return false;
  const name = path.slice(start + FOLDER.length, -FILE.length);
  const slash = name.indexOf('/');
  return name[0] === '@' ? slash > 1 && name.indexOf('/', slash + 1) === -1 : slash === -1 && name !== '' && name[0] !== '.';
}

/** https://docs.npmjs.com/cli/configuring-npm/package-json. A file without name and version is no installed package. */
export function* parsePackageJson(bytes: Uint8Array): Generator<Finding> {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof value !== 'object' || value === null) return;
  const { name, version, license, licenses } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof version !== 'string' || name === '' || version === '' || name.length > 214) return;
  yield { kind: 'package', draft: { type: 'npm', name, version: version.trim(), licenses: licensesOf(license ?? licenses) } };
}

/** A string; in old packages an object with `type`, or a list of those. */
function licensesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(licensesOf);
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'object' && value !== null && 'type' in value) return licensesOf(value.type);
  return [];
}
