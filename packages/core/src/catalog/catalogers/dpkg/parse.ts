import { decode, lines, parseParagraphs } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** States in which a package's files are not there: https://man7.org/linux/man-pages/man1/dpkg.1.html */
const ABSENT = new Set(['not-installed', 'config-files']);

/**
 * Packages of dpkg's status file. A package counts when its files are there, half-configured ones too, as `dpkg-query -l` lists them;
 * status.d entries have no Status and are all there.
 */
export function* parseStatus(bytes: Uint8Array, options: { readonly statusRequired: boolean }): Generator<Finding> {
  for (const fields of parseParagraphs(decode(bytes))) {
    const name = fields.get('package');
    const version = fields.get('version');
    const state = fields.get('status')?.split(' ')[2];
    if (!name || !version) continue;
    if (state === undefined ? options.statusRequired : ABSENT.has(state)) continue;
    const architecture = fields.get('architecture');
    yield {
      kind: 'package',
      draft: {
        type: 'deb',
        name,
        version,
        licenses: [],
        origin: originOf(fields.get('source'), name, version),
        ...(architecture && { architecture }),
      },
    };
  }
}

/** Paths a package owns: one absolute path a line. The file is named `package[:architecture].list`. */
export function* parseFileList(owner: string, bytes: Uint8Array): Generator<Finding> {
  const paths: string[] = [];
  for (const line of lines(decode(bytes))) if (line.length > 1 && line[0] === '/') paths.push(line.slice(1));
  if (paths.length > 0) yield { kind: 'owns', package: owner, paths };
}

/** The same of an image without dpkg: a checksum and a path without its first slash on each line. */
export function* parseSums(owner: string, bytes: Uint8Array): Generator<Finding> {
  const paths: string[] = [];
  for (const line of lines(decode(bytes))) {
    const gap = line.indexOf('  ');
    if (gap <= 0) continue;
    const path = line.slice(gap + 2).trim();
    if (path !== '') paths.push(path.startsWith('./') ? path.slice(2) : path);
  }
  if (paths.length > 0) yield { kind: 'owns', package: owner, paths };
}

/** The package that a file of status.d is about: its name, which older images wrote in base64 (`bGliYzY=`), as capitals show. */
export function ownerOf(file: string): string {
  if (isPackageName(file)) return file;
  const decoded = Buffer.from(file, 'base64').toString('latin1');
  return isPackageName(decoded) ? decoded : file;
}

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html#source */
function isPackageName(text: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*$/.test(text);
}

/** `Source: openssl (1.1.1n-0+deb11u3)`; name and version default to the package's own. */
function originOf(source: string | undefined, name: string, version: string): { readonly name: string; readonly version: string } {
  if (!source) return { name, version };
  const open = source.indexOf(' (');
  if (open === -1) return { name: source, version };
  return { name: source.slice(0, open), version: source.slice(open + 2).replace(/\)\s*$/, '') };
}
