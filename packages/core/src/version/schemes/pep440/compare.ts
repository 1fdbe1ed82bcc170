import { compare, valid } from '@renovatebot/pep440';
import { order } from '../../shared/order.ts';

/** The order of https://packaging.python.org/en/latest/specifications/version-specifiers/; what is no version sorts before all, by its characters. */
export function comparePep440(a: string, b: string): -1 | 0 | 1 {
  const x = isPep440(a);
  const y = isPep440(b);
  if (x && y) return order(compare(a, b), 0);
  return x ? 1 : y ? -1 : order(a, b);
}

/** Whether pip would take it. */
export function isPep440(version: string): boolean {
  return version.length <= 256 && valid(version) !== null;
}
