import { order, orderDigits } from '../../shared/order.ts';

/** Longer ones are no versions. */
const LIMIT = 256;

interface NugetVersion {
  readonly numbers: readonly string[];
  /** In lower case; none for a release. */
  readonly labels: readonly string[];
}

/**
 * NuGet's order: four numbers, then Semantic Versioning's pre-releases, whatever their case. What is no version sorts before all versions, by its
 * characters. https://learn.microsoft.com/nuget/concepts/package-versioning#version-ordering
 */
export function compareNuget(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [read(a), read(b)];
  if (!x || !y) return x ? 1 : y ? -1 : order(a, b);
  for (let i = 0; i < 4; i += 1) {
    const found = orderDigits(x.numbers[i] ?? '0', y.numbers[i] ?? '0');
    if (found !== 0) return found;
  }
  if (x.labels.length === 0 || y.labels.length === 0) return order(x.labels.length === 0 ? 1 : 0, y.labels.length === 0 ? 1 : 0);
  for (let i = 0; i < Math.min(x.labels.length, y.labels.length); i += 1) {
    const found = compareLabel(x.labels[i] ?? '', y.labels[i] ?? '');
    if (found !== 0) return found;
  }
  return order(x.labels.length, y.labels.length);
}

/** Whether NuGet would take it. */
export function isNugetVersion(version: string): boolean {
  return read(version)?.numbers.every((digits) => Number(digits) < 2 ** 31) ?? false;
}

function read(version: string): NugetVersion | undefined {
  if (version.length > LIMIT) return undefined;
  const found = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(version.trim());
  if (!found) return undefined;
  const labels = found[5]?.toLowerCase().split('.') ?? [];
  return labels.includes('') ? undefined : { numbers: found.slice(1, 5).map((digits = '0') => digits), labels };
}

/** Numbers before words, numbers by value. */
function compareLabel(x: string, y: string): -1 | 0 | 1 {
  const [numeric, other] = [/^\d+$/.test(x), /^\d+$/.test(y)];
  if (numeric !== other) return numeric ? -1 : 1;
  return numeric ? orderDigits(x, y) : order(x, y);
}
