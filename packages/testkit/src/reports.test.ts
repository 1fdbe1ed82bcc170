import { countSeverities, reportSchema } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { standardReports } from './reports.ts';

describe.each(Object.entries(standardReports))('the standard report %s', (_, report) => {
  it('is what its schema says, after JSON too', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('has numbers that agree with each other', () => {
    const counted = report.matches.filter(({ suppressed }) => !suppressed);
    expect(report.counts).toEqual(countSeverities(counted));
    for (const severity of ['critical', 'high', 'medium', 'low', 'unspecified'] as const) {
      const of = (parts: readonly { readonly [key in typeof severity]: number }[]): number =>
        parts.reduce((sum, part) => sum + part[severity], 0);
      expect(of(report.layers.map(({ added }) => added))).toBe(report.counts[severity]);
      expect(of(report.hierarchy.map(({ counts }) => counts))).toBe(report.counts[severity]);
    }
  });

  it('names packages and layers that are there', () => {
    const { packages, hidden, image } = report.inventory;
    const [visible, shipped] = [new Set(packages.map(({ id }) => id)), new Set(hidden.map(({ id }) => id))];
    for (const match of report.matches) expect(visible).toContain(match.packageId);
    for (const match of [...report.hiddenMatches, ...report.fixedMatches]) expect(shipped).toContain(match.packageId);
    expect(report.layers.map(({ layer }) => layer)).toEqual(image.layers.map(({ index }) => index));
    expect(report.layers.every(({ base }) => base >= 0 && base < report.hierarchy.length)).toBe(true);
    expect(report.hierarchy.map(({ self }) => self)).toEqual(report.hierarchy.map((_, index) => index === report.hierarchy.length - 1));
  });
});
