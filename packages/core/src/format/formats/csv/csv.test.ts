import type { Report } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { csv } from './index.ts';

testFormat(csv, (text) => {
  expect(text.startsWith('id,severity,package,')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
});

describe('csv', () => {
  it('has a line for each match', () => {
    expect([...csv.encode(standardReports.rich, '1')]).toHaveLength(standardReports.rich.matches.length + 1);
  });

  it.each([
    ['=cmd()', "'=cmd()"],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
  ])('defuses a package called %s', (name, cell) => {
    const { small } = standardReports;
    const report: Report = {
      ...small,
      inventory: { ...small.inventory, packages: small.inventory.packages.map((found) => ({ ...found, name })) },
    };
    expect([...csv.encode(report, '1')][1]).toContain(`,${cell},`);
  });
});
