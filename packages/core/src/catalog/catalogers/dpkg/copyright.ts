import { decode } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

const FOLDER = 'usr/share/doc/';
const FILE = '/copyright';

/** Before the first field of a machine-readable file stand comments at most. */
const HEAD = 2000;
/** More licences than a package tells of; longer names are none. */
const MAX_LICENSES = 50;
const MAX_NAME = 200;

const COMMON = '/usr/share/common-licenses/';

/** `usr/share/doc/<package>/copyright`. */
export function isCopyrightFile(path: string): boolean {
  return path.startsWith(FOLDER) && path.endsWith(FILE) && path.indexOf('/', FOLDER.length) === path.length - FILE.length;
}

/**
 * The licences of a package, in the order in which its copyright file names them: the names behind `License:` where the file is
 * machine-readable, else those of the common texts that it refers to, `/usr/share/common-licenses/GPL-2`.
 * https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 */
export function* parseCopyright(path: string, bytes: Uint8Array): Generator<Finding> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isMachineReadable = /^Format(?:-Specification)?:/m.test(decode(bytes.subarray(0, HEAD)));
  const licenses = new Set(isMachineReadable ? named(buffer) : referred(buffer));
  if (licenses.size === 0) return;
  yield { kind: 'licenses', package: path.slice(FOLDER.length, -FILE.length), licenses: [...licenses].slice(0, MAX_LICENSES) };
}

/** Lines `License: GPL-2+ or Artistic`. The files are many and long: only what is found is decoded. */
function* named(bytes: Buffer): Generator<string> {
  for (const line of behind(bytes, '\nLicense:')) {
    const end = line.indexOf('\n');
    const name = (end === -1 ? line : line.slice(0, end)).trim();
    if (name !== '' && name.length < MAX_NAME) yield name;
  }
}

function* referred(bytes: Buffer): Generator<string> {
  for (const rest of behind(bytes, COMMON)) {
    const name = /^[A-Z][\w+.-]*/.exec(rest)?.[0].replace(/\.+$/, '');
    if (name) yield name;
  }
}

/** What follows each mark, as far as a name may be long. */
function* behind(bytes: Buffer, mark: string): Generator<string> {
  let left = 10 * MAX_LICENSES;
  for (let at = bytes.indexOf(mark); at !== -1 && left > 0; at = bytes.indexOf(mark, at + mark.length)) {
    left -= 1;
    const start = at + mark.length;
    yield decode(bytes.subarray(start, start + MAX_NAME));
  }
}
