import { baseName } from '../../util/path.ts';
import type { CandidateFile } from '../types.ts';

/** Folders that hold no programs, whatever the modes of their files. */
const OTHER_FOLDERS = ['etc/', 'usr/include/', 'usr/share/', 'usr/src/', 'var/lib/apt/', 'var/lib/dpkg/', 'var/cache/'];

/** Endings of files that are executable by habit and no programs of their own. */
const OTHER_ENDINGS = new Set(
  (
    'a bash bat c cc cfg cjs class cmd conf cpp crt css csh csv el gif gz h hpp html in ini jar jpg js json la list lua m4 map md mjs mo o pc ' +
    'pem php pl pm png po ps1 py pyc pyi pyo rb rs rst service sh so sql svg tar tcl toml ts txt war whl xml xz yaml yml zip zsh'
  ).split(' '),
);

/** Whether a file may be a program: someone may execute it, and neither folder nor ending speaks against it. */
export function mayBeProgram(path: string, { executable }: Pick<CandidateFile, 'executable'>): boolean {
  if (executable !== true || OTHER_FOLDERS.some((folder) => path.startsWith(folder))) return false;
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot === -1 || !(OTHER_ENDINGS.has(name.slice(dot + 1)) || name.includes('.so.'));
}

/** The kind of program that a file begins like; undefined where it is none, and for fewer than four bytes. */
export function programKind(head: Uint8Array): 'elf' | 'pe' | 'mach-o' | undefined {
  const [a, b, c, d] = head;
  if (d === undefined) return undefined;
  if (a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46) return 'elf';
  if (a === 0x4d && b === 0x5a) return 'pe';
  const isMachO = (a === 0xcf || a === 0xce) && b === 0xfa && c === 0xed && d === 0xfe;
  const isFat = a === 0xca && b === 0xfe && c === 0xba && d === 0xbe;
  return isMachO || isFat ? 'mach-o' : undefined;
}
