import type { Match } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { richWith, useFake } from '../../test-support/use.ts';
import { type CveOptions, cves } from './index.ts';

const { rich } = standardReports;
const style = createStyle(false);

async function ids(options: CveOptions): Promise<readonly string[]> {
  const { json } = await cves('rich', options, useFake());
  return (json as { matches: readonly Match[] }).matches.map(({ id }) => id.slice(-4));
}

describe('cves', () => {
  it.each<[string, CveOptions, readonly string[]]>([
    ['everything', {}, ['0104', '0004', '0105', '0110', '0006', '0007']],
    ['severities', { onlySeverity: ['critical,LOW', 'high'] }, ['0104', '0004', '0006']],
    ['with a fix', { onlyFixed: true }, ['0104', '0004', '0105']],
    ['without a fix', { onlyUnfixed: true }, ['0110', '0006', '0007']],
    ['package types', { onlyPackageType: ['deb,pypi'] }, ['0004', '0110', '0006']],
    ['ids', { onlyCveId: ['CVE-2099-0004', 'CVE-2099-0006'] }, ['0004', '0006']],
    ['an id by its alias', { onlyCveId: ['GHSA-plim-0004'] }, ['0104']],
    ['known exploited', { onlyCisaKev: true }, ['0104']],
    ['EPSS at least', { epssScore: '0.5' }, ['0104']],
    ['EPSS of zero leaves all', { epssScore: '0' }, ['0104', '0004', '0105', '0110', '0006', '0007']],
    ['brought by bases', { onlyBase: true }, ['0004', '0110', '0006']],
    ['not brought by bases', { ignoreBase: true }, ['0104', '0105', '0007']],
    ['layers', { layer: '0,2-3' }, ['0004', '0110', '0006']],
    ['all at once', { onlySeverity: ['medium'], onlyFixed: true, ignoreBase: true, layer: '4' }, ['0105']],
  ])('narrowed to %s', async (_, options, expected) => {
    expect(await ids(options)).toEqual(expected);
  });

  it.each<[string, CveOptions]>([
    ['a severity that is none', { onlySeverity: ['terrible'] }],
    ['EPSS beyond 1', { epssScore: '2' }],
    ['EPSS that is no number', { epssScore: 'much' }],
    ['a layer that is none', { layer: '99' }],
  ])('refuses %s', async (_, options) => {
    await expect(cves('rich', options, useFake())).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('gives the members that others build on', async () => {
    const { json } = await cves('rich', {}, useFake());
    expect(json).toMatchObject({
      image: { digest: rich.inventory.image.digest },
      counts: { critical: 1, high: 1, medium: 1, low: 1, unspecified: 1 },
      matches: expect.arrayContaining([
        expect.objectContaining({
          id: 'CVE-2099-0104',
          aliases: ['GHSA-plim-0004'],
          severity: 'critical',
          package: 'pkg:npm/lodash@4.17.11',
          fixedIn: '4.17.21',
          status: 'affected',
          introducedIn: 4,
          source: 'osv',
        }),
      ]),
    });
  });

  it('counts what is left in the documents too', async () => {
    const { report } = await cves('rich', { onlyFixed: true, ignoreBase: true }, useFake());
    expect(report).toMatchObject({ counts: { critical: 1, high: 0, medium: 1 }, exploited: 1, fixable: 2 });
  });

  it('groups by package, worst first, and says what does not count', async () => {
    const text = (await cves('rich', {}, useFake())).table(style);
    const groups = [...text.matchAll(/^(\S+) \S+ {2}\w+ · layer/gm)].map(([, name]) => name);
    expect(groups).toEqual(['lodash', 'libc6', 'six', 'perl-base', '@shop/cart']);
    expect(text).toContain('CRITICAL    CVE-2099-0104         9.8  exploited  EPSS 97.0 %');
    expect(text).toContain('suppressed: python3-six of Debian owns these files');
    expect(text).toContain('1C 1H 1M 1L 1?   5 vulnerabilities in 4 packages, 1 suppressed');
    expect(text).toContain('Not covered: 1 file could not be read');
  });

  it('says where and why when asked', async () => {
    const text = (await cves('rich', { locations: true, details: true }, useFake())).table(style);
    expect(text).toContain('layer 4: /app/node_modules/@shop/cart/node_modules/lodash/package.json');
    expect(text).toContain('affected range: <4.17.21 (osv GHSA-plim-0004)');
    expect(text).toContain('known exploited since 2026-01-01, due 2026-01-22, ransomware');
    expect(text).toContain('https://example.invalid/CVE-2099-0104');
  });

  it('says unknown, and how to know, where no advisories are loaded', async () => {
    const result = await cves('empty', {}, useFake());
    expect(result.table(style)).toContain('Vulnerabilities are unknown');
    expect(result.table(style)).not.toMatch(/\b0 vuln/);
    expect(result.hints).toEqual([expect.stringContaining('plimsoll advisories update')]);
  });
});

describe('cves --exit-code', () => {
  const suppressed = richWith({ matches: rich.matches.filter((match) => match.suppressed) });
  it.each([
    ['2 where something is left', 'rich', {}, 2],
    ['0 where nothing is left', 'rich', { onlySeverity: ['critical'], onlyBase: true }, 0],
    ['0 where what is left does not count', 'quiet', {}, 0],
    ['1 where it cannot be told', 'empty', {}, 1],
  ] as const)('%s', async (_, input, options, expected) => {
    const result = await cves(input, { ...options, exitCode: true }, useFake({}, { quiet: suppressed }));
    expect(result.exitCode).toBe(expected);
    expect(result.faults?.[0] ?? '').toMatch(expected === 1 ? /^ADVISORIES_MISSING: / : /^$/);
  });

  it('is 0 where it was not asked for', async () => {
    expect((await cves('rich', {}, useFake())).exitCode ?? 0).toBe(0);
  });
});
