import { textOf } from '../../shared/json.ts';
import { decode, lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';
import { literalsOf } from './literals.ts';

const FOLDER = 'specifications/';
const FILE = '.gemspec';

/** `.../specifications/rack-3.0.8.gemspec`, and in `default/` there the gems that are part of Ruby. */
export function isGemspec(path: string): boolean {
  if (!path.endsWith(FILE)) return false;
  const slash = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, slash);
  const specifications =
    folder.endsWith(`/${FOLDER}default/`) || folder === `${FOLDER}default/` ? folder.slice(0, -'default/'.length) : folder;
  return specifications === FOLDER || specifications.endsWith(`/${FOLDER}`);
}

/** What is taken of a gemspec. */
const FIELDS: ReadonlySet<string> = new Set(['name', 'version', 'platform', 'license', 'licenses']);

/** Longer lines hold lists of files. */
const MAX_LINE = 4096;

/**
 * A gemspec as RubyGems writes it on installing: Ruby, with one assignment of plain text a line, `s.name = "rack".freeze`. Nothing is
 * evaluated; what an expression would give is taken from the comment that RubyGems itself reads first, `# stub: rack 3.0.8 ruby lib`.
 * https://guides.rubygems.org/specification-reference/, https://github.com/rubygems/rubygems/blob/master/lib/rubygems/stub_specification.rb
 */
export function* parseGemspec(bytes: Uint8Array): Generator<Finding> {
  const found = new Map<string, readonly string[]>();
  let stub: readonly string[] = [];
  for (const line of lines(decode(bytes))) {
    if (line.length > MAX_LINE) continue;
    if (line.startsWith('# stub: ')) {
      // A second such line names the extensions.
      if (stub.length === 0) stub = line.slice('# stub: '.length).trim().split(' ', 3);
      continue;
    }
    const [field, expression] = assignmentOf(line);
    if (field === undefined || found.has(field)) continue;
    const literals = literalsOf(expression);
    if (literals.length > 0) found.set(field, literals);
  }
  const name = found.get('name')?.[0] ?? stub[0];
  const version = found.get('version')?.[0] ?? stub[1];
  const platform = found.get('platform')?.[0] ?? stub[2];
  if (name === undefined || version === undefined) throw new Error('the gemspec does not say its name and version in plain text');
  if (!isPlain(name) || !isPlain(version) || !isDigit(version)) throw new Error('its name or its version is none that a gem may have');
  yield {
    kind: 'package',
    draft: {
      type: 'gem',
      name,
      version,
      licenses: (found.get('licenses') ?? found.get('license') ?? []).flatMap((license) => textOf(license) ?? []),
      ...(platform && platform !== 'ruby' && isPlain(platform) && { architecture: platform }),
    },
  };
}

/** `  s.name = "rack".freeze`: the field and what stands behind the sign; fields of other objects (`s.metadata.x = `) are none. */
function assignmentOf(line: string): readonly [string | undefined, string] {
  const sign = line.indexOf('=');
  const dot = line.indexOf('.');
  if (dot === -1 || sign < dot) return [undefined, ''];
  const field = line.slice(dot + 1, sign).trim();
  return FIELDS.has(field) && line[sign + 1] !== '=' ? [field, line.slice(sign + 1)] : [undefined, ''];
}

/** Letters, digits, and what may stand between them: https://guides.rubygems.org/name-your-gem/ */
function isPlain(text: string): boolean {
  return text.length <= 200 && /^[\w.-]+$/.test(text);
}

/** Versions begin with a digit. */
function isDigit(version: string): boolean {
  return version >= '0' && version < ':';
}
