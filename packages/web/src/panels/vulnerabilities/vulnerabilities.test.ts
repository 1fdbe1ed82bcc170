import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { filterMatches, groupMatches, rowsOf, toggle } from './select.ts';

const { rich, empty } = standardReports;
const all = { layers: undefined, has: () => true };
const only = (...layers: readonly number[]) => ({ layers, has: (layer: number) => layers.includes(layer) });

describe('filterMatches', () => {
  it('gives everything without filters', () => {
    expect(filterMatches(rich, all, {})).toHaveLength(rich.matches.length);
  });

  it('follows the chosen layers', () => {
    const layer = rich.matches[0]?.introducedIn ?? 0;
    const found = filterMatches(rich, only(layer), {});
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ introducedIn }) => introducedIn === layer)).toBe(true);
  });

  it.each([
    ['fixable', { fixable: true as const }, (match: (typeof rich.matches)[number]) => match.fixedIn !== undefined],
    ['exploited', { exploited: true as const }, (match: (typeof rich.matches)[number]) => match.kev !== undefined],
    ['a severity', { severity: ['critical' as const] }, (match: (typeof rich.matches)[number]) => match.severity === 'critical'],
  ])('leaves what is %s', (_name, search, fits) => {
    expect(filterMatches(rich, all, search)).toEqual(rich.matches.filter(fits));
  });

  it('finds by id, whatever the case', () => {
    const id = rich.matches[0]?.id ?? '';
    expect(filterMatches(rich, all, { q: id.toLowerCase() }).map((match) => match.id)).toContain(id);
    expect(filterMatches(rich, all, { q: `${id} nothing-else` })).toEqual([]);
  });
});

describe('groupMatches', () => {
  const groups = groupMatches(rich, rich.matches, 'package');

  it('has each match once', () => {
    expect(groups.flatMap(({ matches }) => matches)).toHaveLength(rich.matches.length);
  });

  it('puts the worst first', () => {
    const worst = groups.map(({ counts }) =>
      counts.critical > 0 ? 0 : counts.high > 0 ? 1 : counts.medium > 0 ? 2 : counts.low > 0 ? 3 : 4,
    );
    expect(worst).toEqual(worst.toSorted((a, b) => a - b));
  });

  it('does not count what is suppressed', () => {
    const counted = groups.reduce(
      (sum, { counts }) => sum + counts.critical + counts.high + counts.medium + counts.low + counts.unspecified,
      0,
    );
    expect(counted).toBe(rich.matches.filter(({ suppressed }) => !suppressed).length);
  });

  it('has nothing to group in an empty report', () => {
    expect(groupMatches(empty, empty.matches, 'package')).toEqual([]);
  });
});

describe('rowsOf', () => {
  const groups = groupMatches(rich, rich.matches, 'package');
  const first = groups[0];

  it('opens the first group until something was opened or closed', () => {
    const kinds = rowsOf(groups, 'package', undefined).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'match')).toHaveLength(first?.matches.length ?? 0);
    expect(rowsOf(groups, 'package', []).every(({ kind }) => kind === 'group')).toBe(true);
  });

  it('opens and closes by key', () => {
    const closed = toggle(groups, undefined, first?.key ?? '');
    expect(closed).toEqual([]);
    expect(toggle(groups, closed, first?.key ?? '')).toEqual([first?.key]);
  });

  it('draws every match where nothing is grouped', () => {
    const one = groupMatches(rich, rich.matches, 'none');
    expect(rowsOf(one, 'none', []).filter(({ kind }) => kind === 'match')).toHaveLength(rich.matches.length);
  });
});
