import { explanationSchema, type Inventory, type Package } from '@plimsoll/model';
import { buildAdvisory, createMemoryAdvisories, standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import type { AffectedPackage } from '../../advisory/types.ts';
import type { Exceptions } from '../../exception/types.ts';
import { explain } from './explain.ts';

const now = new Date('2026-06-15T00:00:00Z');
const pack = (more: Partial<Package> & Pick<Package, 'id' | 'type' | 'name' | 'version' | 'purl'>): Package => ({
  licenses: [],
  evidence: [{ path: 'usr/lib/x', layer: 1 }],
  introducedIn: 1,
  life: [],
  foundBy: 'dpkg',
  ...more,
});
const owner = pack({
  id: 'o',
  type: 'deb',
  name: 'python3-six',
  version: '1.16-4',
  purl: 'pkg:deb/debian/python3-six@1.16-4?os_name=debian',
  origin: { name: 'six', version: '1.16-4' },
});
const six = pack({ id: 's', type: 'pypi', name: 'six', version: '1.16', purl: 'pkg:pypi/six@1.16', ownedBy: 'o', foundBy: 'python' });
const left = pack({ id: 'l', type: 'npm', name: 'left-pad', version: '1.0.0', purl: 'pkg:npm/left-pad@1.0.0', foundBy: 'node' });
const { hidden: _, ...rest } = standardReports.rich.inventory;
const inventory: Inventory = {
  ...rest,
  distro: { id: 'debian', name: 'Debian GNU/Linux 12', version: '12', like: [] },
  packages: [owner, six, left],
  hidden: [{ ...left, id: 'h', version: '0.9.0', purl: 'pkg:npm/left-pad@0.9.0', hiddenBy: 3, replacedBy: '1.0.0' }],
};
const record = (id: string, affected: Partial<AffectedPackage>, aliases: readonly string[] = []) => ({
  kind: 'advisory' as const,
  advisory: buildAdvisory(id, [affected], { aliases, opinions: [{ source: 'github', severity: 'high', score: 7.5 }] }),
});
const advisories = createMemoryAdvisories({
  osv: [
    record('GHSA-1', { ecosystem: 'pypi', name: 'six', scheme: 'pep440', ranges: [{}] }, ['CVE-1']),
    record('GHSA-2', { ecosystem: 'npm', name: 'left-pad', ranges: [{ fixed: '1.1.0' }] }, ['CVE-2']),
  ],
  'debian-tracker': [record('CVE-1', { ecosystem: 'debian:12', name: 'six', scheme: 'deb', ranges: [{ fixed: '1.16-3' }] })],
});
const ask = (name: string, id: string, exceptions?: Exceptions, known = advisories) => {
  const explanation = explain(inventory, { package: name, id }, { advisories: known, now, ...(exceptions && { exceptions }) });
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
  return explanation;
};
const steps = (name: string, id: string, exceptions?: Exceptions) =>
  ask(name, id, exceptions).packages[0]?.steps.map(({ outcome, text }) => `${outcome}: ${text}`);

describe('explain', () => {
  it('tells the way to a match', () => {
    expect(ask('left-pad', 'cve-2').packages.map(({ verdict, package: { id } }) => [id, verdict])).toEqual([
      ['l', 'affected'],
      ['h', 'affected'],
    ]);
    expect(steps('left-pad', 'cve-2')).toEqual([
      'yes: left-pad 1.0.0 (npm) was found by the node cataloger in /usr/lib/x; layer 1 brought it',
      'yes: the language matcher looked for left-pad in npm',
      'yes: 1 record names it, 1 of CVE-2',
      'yes: osv GHSA-2: 1.0.0 lies in <1.1.0 (semver)',
      'yes: osv GHSA-2 decides; fixed in 1.1.0',
      'note: severity high, as github says',
    ]);
  });

  it('says of a hidden package that it is', () => {
    const [found] = ask('left-pad@0.9.0', 'CVE-2').packages;
    expect(found?.package.hidden).toBe(true);
    expect(found?.steps[1]?.text).toBe('layer 3 hides it: it is shipped and not seen, and counts as hidden');
  });

  it('tells whose files they are, and what its distribution says', () => {
    const [found] = ask('pkg:pypi/six', 'GHSA-1').packages;
    expect(found).toMatchObject({ verdict: 'suppressed', match: { suppressed: { by: 'distro' } } });
    expect(found?.steps.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['python3-six owns its files', expect.stringMatching(/^suppressed by the distribution: debian-tracker says/)]),
    );
  });

  it('tells why not', () => {
    const [found] = ask('python3-six', 'CVE-1').packages;
    expect(found?.verdict).toBe('not-affected');
    expect(found?.steps.at(-1)).toEqual({ outcome: 'no', text: 'debian-tracker CVE-1: 1.16-4 lies outside <1.16-3 (deb)' });
    expect(steps('left-pad', 'CVE-1')?.at(-1)).toBe('no: 1 record names it, none of CVE-1; debian-tracker, osv have it for others');
    expect(steps('left-pad', 'CVE-9')?.at(-1)).toBe('no: 1 record names it, none of CVE-9; no loaded source has it');
  });

  it('calls unknown what nothing covers', () => {
    const { packages, gaps } = ask('left-pad', 'CVE-2', undefined, createMemoryAdvisories({}));
    expect(packages[0]?.verdict).toBe('unknown');
    expect(packages[0]?.steps[2]).toEqual({ outcome: 'no', text: 'no advisories are loaded for npm: its silence means nothing' });
    expect(gaps).toEqual(['no advisories are loaded for npm']);
  });

  it('tells what exceptions do, and which do not any more', () => {
    const rule = { name: 'rule 1', package: { name: 'left-pad' }, reason: 'never called' };
    const exceptions = {
      rules: [rule, { ...rule, name: 'rule 2', expires: '2026-01-01' }],
      documents: [],
      diagnostics: [],
      fingerprint: '',
    };
    expect(ask('left-pad', 'CVE-2', exceptions).packages[0]?.verdict).toBe('suppressed');
    expect(steps('left-pad', 'CVE-2', exceptions)?.slice(-2)).toEqual([
      'note: rule 2 fits but expired on 2026-01-01',
      'no: suppressed by a rule: never called',
    ]);
  });

  it.each([
    ['an id', 'o', ['o']],
    ['a name', 'python3-six', ['o']],
    ['another case', 'Left-Pad', ['l', 'h']],
    ['name and version', 'left-pad@1.0.0', ['l']],
    ['a purl', 'pkg:npm/left-pad@1.0.0', ['l']],
    ['a package before the source of its name', 'six', ['s']],
  ])('finds packages by %s', (_, wanted, expected) => {
    expect(ask(wanted, 'CVE-1').packages.map(({ package: { id } }) => id)).toEqual(expected);
  });

  it('finds packages by their source', () => {
    const only = { ...inventory, packages: [owner] };
    expect(explain(only, { package: 'six', id: 'CVE-1' }, { advisories, now }).packages).toHaveLength(1);
  });

  it('names what is much like a package that is not there', () => {
    expect(ask('left-pat', 'CVE-2')).toMatchObject({ packages: [], similar: ['left-pad'] });
    expect(ask('nothing-like-it', 'CVE-2').similar).toEqual([]);
  });
});
