import { comparableName } from '../../../version/names.ts';
import { textOf } from '../../shared/json.ts';
import { decode, lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** A wheel's METADATA, an egg's PKG-INFO (beside it or inside), or an egg-info that is a file itself. */
export function isMetadataFile(path: string): boolean {
  if (path.endsWith('.egg-info')) return true;
  return path.endsWith('.dist-info/METADATA') || path.endsWith('.egg-info/PKG-INFO') || path.endsWith('.egg/EGG-INFO/PKG-INFO');
}

/** The header of core metadata: https://packaging.python.org/en/latest/specifications/core-metadata/ */
export function* parseMetadata(bytes: Uint8Array): Generator<Finding> {
  const fields = parseHeader(decode(bytes));
  const name = textOf(fields.get('name')?.[0]);
  const version = textOf(fields.get('version')?.[0]);
  if (!name || !version || !/^[A-Za-z0-9][\w.-]*$/.test(name)) return;
  yield { kind: 'package', draft: { type: 'pypi', name: comparableName('pypi', name), version, licenses: licensesOf(fields) } };
}

/** What is taken of a header. */
const FIELDS: ReadonlySet<string> = new Set(['name', 'version', 'license-expression', 'license', 'classifier']);

/** More values than a field has. */
const MAX_VALUES = 100;

/** Fields by lower-case name, in the order of their values; continued lines are joined by line breaks. Ends at the first empty line. */
function parseHeader(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const raw of lines(text)) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '') {
      if (fields.size > 0) break;
      continue;
    }
    if (line[0] === ' ' || line[0] === '\t') {
      const last = current?.at(-1);
      // A licence in full is told by having more than one line.
      if (current && last !== undefined && last.length < 1000) current[current.length - 1] = `${last}\n${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    const field = line.slice(0, Math.max(0, colon)).toLowerCase();
    current = undefined;
    if (!FIELDS.has(field)) continue;
    current = fields.get(field) ?? [];
    if (current.length < MAX_VALUES) current.push(line.slice(colon + 1).trim());
    fields.set(field, current);
  }
  return fields;
}

const CLASSIFIER = 'License :: ';
/** Classes of licences, which are none themselves. */
const CLASSES: ReadonlySet<string> = new Set(['OSI Approved', 'Other/Proprietary License', 'DFSG approved']);
/** Longer ones are the text of a licence, not its name. */
const MAX_NAME = 120;

/** The expression, which newer metadata has; else the name that the package gives its licence; else its classifiers. */
function licensesOf(fields: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const expression = fields.get('license-expression')?.[0];
  if (expression && isLicenseName(expression)) return [expression];
  const license = fields.get('license')?.[0];
  if (license && license !== 'UNKNOWN' && isLicenseName(license)) return [license];
  const classifiers = (fields.get('classifier') ?? []).filter((one) => one.startsWith(CLASSIFIER) && isLicenseName(one));
  return classifiers.map((one) => one.slice(one.lastIndexOf(' :: ') + 4)).filter((one) => !CLASSES.has(one) && one !== '');
}

function isLicenseName(text: string): boolean {
  return text.length <= MAX_NAME && !text.includes('\n') && text !== '';
}
