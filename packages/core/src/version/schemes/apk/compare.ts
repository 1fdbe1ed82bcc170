import { isDigit, order, orderDigits } from '../../shared/order.ts';

const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const RELEASE = SUFFIXES.indexOf('');

interface ApkVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly { readonly rank: number; readonly number: string }[];
  readonly hash: string;
  readonly revision: string;
  /** What does not follow the grammar, as it stands. */
  readonly rest: string;
}

/**
 * apk's order: `1.2.3b_rc1-r4`. Numbers by turns, a letter, suffixes (alpha < beta < pre < rc < none < cvs < svn < git < hg < p), a commit
 * hash, the revision. A number after the first that begins with a zero is read as a fraction.
 * https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/src/version.c
 */
export function compareApk(a: string, b: string): -1 | 0 | 1 {
  const x = parse(a);
  const y = parse(b);
  // Where only one breaks the grammar after an equal start, the sound one is newer.
  return (
    compareNumbers(x.numbers, y.numbers) ||
    order(x.letter, y.letter) ||
    compareSuffixes(x.suffixes, y.suffixes) ||
    order(x.hash, y.hash) ||
    orderDigits(x.revision, y.revision) ||
    order(x.rest === '' ? 1 : 0, y.rest === '' ? 1 : 0) ||
    order(x.rest, y.rest)
  );
}

/** Whether apk would take it. */
export function isApkVersion(version: string): boolean {
  const { numbers, rest } = parse(version);
  return numbers.length > 0 && rest === '';
}

function parse(version: string): ApkVersion {
  let at = 0;
  const digits = (): string => {
    const start = at;
    while (isDigit(version[at])) at += 1;
    return version.slice(start, at);
  };
  const numbers: string[] = [];
  if (isDigit(version[0])) {
    numbers.push(digits());
    while (version[at] === '.' && isDigit(version[at + 1])) {
      at += 1;
      numbers.push(digits());
    }
  }
  let letter = '';
  if (numbers.length > 0 && /[a-z]/.test(version[at] ?? '')) letter = version[at++] as string;
  const suffixes: { rank: number; number: string }[] = [];
  while (version[at] === '_') {
    const word = /^[a-z]+/.exec(version.slice(at + 1, at + 8))?.[0] ?? '';
    const rank = word === '' ? -1 : SUFFIXES.indexOf(word);
    if (rank === -1) break;
    at += 1 + word.length;
    suffixes.push({ rank, number: digits() });
  }
  let hash = '';
  if (version[at] === '~') {
    hash = /^[0-9a-f]+/.exec(version.slice(at + 1))?.[0] ?? '';
    if (hash !== '') at += 1 + hash.length;
  }
  let revision = '0';
  if (version.startsWith('-r', at) && isDigit(version[at + 2])) {
    at += 2;
    revision = digits();
  }
  return { numbers, letter, suffixes, hash, revision, rest: version.slice(at) };
}

function compareNumbers(a: readonly string[], b: readonly string[]): -1 | 0 | 1 {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const x = a[i] as string;
    const y = b[i] as string;
    const fraction = i > 0 && (x.startsWith('0') || y.startsWith('0'));
    const found = fraction ? order(x, y) : orderDigits(x, y);
    if (found !== 0) return found;
  }
  return order(a.length, b.length);
}

function compareSuffixes(a: ApkVersion['suffixes'], b: ApkVersion['suffixes']): -1 | 0 | 1 {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const x = a[i];
    const y = b[i];
    const found = order(x?.rank ?? RELEASE, y?.rank ?? RELEASE) || orderDigits(x?.number || '0', y?.number || '0');
    if (found !== 0) return found;
  }
  return 0;
}
