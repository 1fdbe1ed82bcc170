import { type Severity, severityRank } from '@plimsoll/model';

/** Worst first, then by id and package. */
export function bySeverity(
  a: { readonly severity: Severity; readonly id: string; readonly package: string },
  b: { readonly severity: Severity; readonly id: string; readonly package: string },
): number {
  if (a.severity !== b.severity) return severityRank(a.severity) - severityRank(b.severity);
  const [x, y] = [`${a.id} ${a.package}`, `${b.id} ${b.package}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Those of `all` that `others` has fewer of, by key: what stands twice here and once there is missing once. */
export function missingFrom<Item>(all: readonly Item[], others: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1);
  return all.filter((item) => {
    const count = left.get(keyOf(item)) ?? 0;
    left.set(keyOf(item), count - 1);
    return count <= 0;
  });
}
