import { isDigit, order, orderDigits } from '../../shared/order.ts';

const MODULE = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const TOOLCHAIN = /^(?:go)?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(alpha|beta|rc)(\d+))?$/;
/** Longer ones are no versions: module paths and versions have to fit into file names. */
const LIMIT = 256;

interface GoVersion {
  readonly numbers: readonly [major: string, minor: string, patch: string];
  /** Empty for a release. */
  readonly prerelease: string;
}

/**
 * The order of golang.org/x/mod/semver, build metadata ignored, with or without `v`; `go1.22rc1` is `1.22.0-rc.1`. What is no version sorts
 * before all versions, by its characters. https://go.dev/ref/mod#versions
 */
export function compareGo(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [read(a), read(b)];
  if (!x || !y) return x ? 1 : y ? -1 : order(a, b);
  return (
    orderDigits(x.numbers[0], y.numbers[0]) ||
    orderDigits(x.numbers[1], y.numbers[1]) ||
    orderDigits(x.numbers[2], y.numbers[2]) ||
    comparePrerelease(x.prerelease, y.prerelease)
  );
}

/** Whether the go command would take it, as a module's version (`v` may be missing) or as its own (`go1.22rc1`). */
export function isGoVersion(version: string): boolean {
  if (version.length > LIMIT) return false;
  if (version.startsWith('go')) return TOOLCHAIN.test(version);
  const prerelease = MODULE.exec(version)?.[4];
  const identifiers = prerelease?.split('.') ?? [];
  return MODULE.test(version) && identifiers.every((identifier) => identifier !== '' && !/^0\d+$/.test(identifier));
}

function read(version: string): GoVersion | undefined {
  if (version.length > LIMIT) return undefined;
  const module = MODULE.exec(version);
  if (module) return { numbers: [module[1] ?? '0', module[2] ?? '0', module[3] ?? '0'], prerelease: module[4] ?? '' };
  return readToolchain(version) ?? readLoosely(version);
}

/** `go1.22rc1`, `1.22rc1`, `go1.22.1 X:boringcrypto`, `devel go1.23-0a1b2c3`: what is under way is before its first candidate. */
function readToolchain(version: string): GoVersion | undefined {
  const devel = version.startsWith('devel ');
  const named = devel ? version.slice('devel '.length) : version;
  const found = TOOLCHAIN.exec(named.startsWith('go') ? (named.split(/[\s+-]/, 1)[0] ?? '') : named);
  if (!found) return undefined;
  const [, major = '0', minor = '0', patch = '0', kind, number] = found;
  return { numbers: [major, minor, patch], prerelease: kind === undefined ? (devel ? 'devel' : '') : `${kind}.${number ?? '0'}` };
}

/** `v1.2-rc.1+x` and `v01.2.3`: the go command fills up or refuses them, a scanner has to place them. */
function readLoosely(version: string): GoVersion | undefined {
  const found = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([^+]*))?(?:\+.*)?$/s.exec(version);
  return found ? { numbers: [found[1] ?? '0', found[2] ?? '0', found[3] ?? '0'], prerelease: found[4] ?? '' } : undefined;
}

/** https://semver.org/#spec-item-11 */
function comparePrerelease(x: string, y: string): -1 | 0 | 1 {
  if (x === '' || y === '') return order(x === '' ? 1 : 0, y === '' ? 1 : 0);
  const [these, those] = [x.split('.'), y.split('.')];
  for (let i = 0; i < Math.min(these.length, those.length); i += 1) {
    const found = compareIdentifier(these[i] ?? '', those[i] ?? '');
    if (found !== 0) return found;
  }
  return order(these.length, those.length);
}

function compareIdentifier(x: string, y: string): -1 | 0 | 1 {
  const [numeric, other] = [isNumber(x), isNumber(y)];
  if (numeric !== other) return numeric ? -1 : 1;
  return numeric ? orderDigits(x, y) : order(x, y);
}

function isNumber(identifier: string): boolean {
  return isDigit(identifier[0]) && /^\d+$/.test(identifier);
}
