import { parse, type SemVer } from 'semver';
import { order } from '../../shared/order.ts';

/**
 * Semantic Versioning's order, build metadata ignored: https://semver.org/#spec-item-11. What is no version but begins like one (`1.2`,
 * `v1`) is filled up with zeros; anything else sorts before all versions, by its characters.
 */
export function compareSemver(a: string, b: string): -1 | 0 | 1 {
  const x = read(a);
  const y = read(b);
  if (x && y) return x.compare(y);
  return x ? 1 : y ? -1 : order(a, b);
}

/** Whether npm would take it. */
export function isSemver(version: string): boolean {
  return parse(version, { loose: true }) !== null;
}

function read(version: string): SemVer | null {
  return parse(version, { loose: true }) ?? parse(fillUp(version), { loose: true });
}

/** `1.2-beta` becomes `1.2.0-beta`; more than three numbers lose the fourth. */
function fillUp(version: string): string {
  const found = /^[v=\s]*(\d{1,16})(?:\.(\d{1,16}))?(?:\.(\d{1,16}))?(?:\.\d+)*([-+].*)?$/.exec(version.slice(0, 256));
  if (!found) return '';
  const [, major, minor = '0', patch = '0', rest = ''] = found;
  return `${major}.${minor}.${patch}${rest}`;
}
