import { decode, lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** Packages and their paths: paragraphs of one-letter fields. https://wiki.alpinelinux.org/wiki/Apk_spec */
export function* parseInstalled(bytes: Uint8Array): Generator<Finding> {
  let fields = new Map<string, string>();
  let folder = '';
  let paths: string[] = [];
  for (const line of lines(`${decode(bytes)}\n\n`)) {
    if (line === '') {
      yield* endPackage(fields, paths);
      fields = new Map();
      folder = '';
      paths = [];
      continue;
    }
    if (line[1] !== ':') continue;
    const value = line.slice(2);
    if (line[0] === 'F') folder = value;
    else if (line[0] === 'R') paths.push(folder === '' ? value : `${folder}/${value}`);
    else if (!fields.has(line[0] as string)) fields.set(line[0] as string, value);
  }
}

function* endPackage(fields: ReadonlyMap<string, string>, paths: readonly string[]): Generator<Finding> {
  const name = fields.get('P')?.trim();
  const version = fields.get('V')?.trim();
  if (!name || !version) return;
  const architecture = fields.get('A')?.trim();
  const license = fields.get('L')?.trim();
  yield {
    kind: 'package',
    draft: {
      type: 'apk',
      name,
      version,
      licenses: license ? [license] : [],
      origin: { name: fields.get('o')?.trim() || name, version },
      ...(architecture && { architecture }),
    },
  };
  if (paths.length > 0) yield { kind: 'owns', package: name, paths };
}
