import type { BaseRecord } from './types.ts';

/**
 * Orders records that may be the same base: a stated name first, then the one whose history the image has inherited, what a person added before what was indexed, official images, then the
 * most specific tag, the newest, and the name.
 */
export function rankRecords(records: readonly BaseRecord[], stated: ReadonlySet<string>, historyCount: number): readonly BaseRecord[] {
  return records.toSorted(
    (a, b) =>
      Number(stated.has(nameOf(b))) - Number(stated.has(nameOf(a))) ||
      Number(b.history?.count === historyCount) - Number(a.history?.count === historyCount) ||
      Number(b.origin === 'added') - Number(a.origin === 'added') ||
      Number(isOfficial(b)) - Number(isOfficial(a)) ||
      precisionOf(b.tag) - precisionOf(a.tag) ||
      compareText(b.lastSeen, a.lastSeen) ||
      compareText(a.name, b.name),
  );
}

/** As a reference writes it, whatever its place does. */
export function nameOf({ repository, tag }: BaseRecord): string {
  return tag === '' ? repository : `${repository}:${tag}`;
}

/** A repository of Docker's own library: no registry, no namespace. */
function isOfficial({ repository }: BaseRecord): boolean {
  return !repository.includes('/');
}

/** `3.9.18-slim-bookworm` says more than `3.9-slim`, that more than `latest`. */
function precisionOf(tag: string): number {
  return (/\d/.test(tag) ? 1 : 0) + (tag.match(/[.-]/g)?.length ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
