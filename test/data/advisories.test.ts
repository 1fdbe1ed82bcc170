import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Distro, Match, PackageType } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpdateResult } from '../../packages/core/src/advisory/types.ts';
import { updateAdvisories } from '../../packages/core/src/advisory/update.ts';
import { match } from '../../packages/core/src/match/match.ts';
import type { Subject } from '../../packages/core/src/match/types.ts';
import { type AdvisoryDatabase, openAdvisoryDatabase } from '../../packages/core/src/store/advisory-database.ts';
import { type Context, createContext } from '../../packages/core/src/util/context.ts';

const from = path.resolve(import.meta.dirname, '../../../shared/data/advisories');
const present = existsSync(from);
if (!present) console.log(`test/data/advisories: skipped, ${from} is not there`);

const release = (id: string, version: string): Distro => ({ id, name: id, version, like: [] });
const alpine = (version: string) => release('alpine', version);
const debian = (version: string) => release('debian', version);

function subject(type: PackageType, name: string, version: string, origin?: string): Subject {
  return {
    id: `${type}/${name}@${version}`,
    type,
    name,
    version,
    purl: `pkg:${type}/${name}@${version}`,
    introducedIn: 0,
    ...(origin && { origin: { name: origin, version } }),
  };
}

describe.runIf(present)('every feed, from one folder', () => {
  let folder: string;
  let database: AdvisoryDatabase;
  let raw: DatabaseSync;
  let results: readonly UpdateResult[];
  const passedOver: string[] = [];
  const context: Context = createContext({
    env: {},
    offline: true,
    diagnose: ({ code, message }) => {
      passedOver.push(`${code} ${message}`);
    },
  });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-advisories-'));
    const file = path.join(folder, 'advisories.db');
    database = openAdvisoryDatabase(file);
    results = await updateAdvisories({ from, folder }, database, context);
    raw = new DatabaseSync(file, { readOnly: true });
  });
  afterAll(async () => {
    raw?.close();
    database?.[Symbol.dispose]();
    if (folder) await rm(folder, { recursive: true });
  });

  const count = (sql: string, ...values: string[]) => Number(Object.values(raw.prepare(sql).get(...values) ?? {})[0]);
  const find = (wanted: Subject, distro?: Distro): readonly Match[] => match([wanted], distro, database).matches;
  const idsOf = (matches: readonly Match[]) => matches.map(({ id }) => id).sort();

  it('reads every source, and says what it passes over', () => {
    expect(results.map(({ source, state }) => `${source} ${state}`).sort()).toEqual(
      ['alpine-secdb', 'debian-tracker', 'endoflife', 'epss', 'friendsofphp', 'kev', 'osv', 'rubysec', 'vulnrichment', 'wolfi'].map(
        (source) => `${source} updated`,
      ),
    );
    expect(passedOver.filter((text) => !text.startsWith('ADVISORY_FORMAT_UNKNOWN'))).toEqual([]);
    expect(passedOver.join('\n')).toContain('npm-bulk-advisories.json');
  });

  it.each([
    ['npm records, ours and GitHub’s', 'osv', 'npm', 757 + 4],
    ['Python records, ten withdrawn', 'osv', 'pypi', 2661 - 10 + 3],
    ['pairs of bullseye', 'debian-tracker', 'debian:11', 3697],
    ['pairs of bookworm', 'debian-tracker', 'debian:12', 2662],
    ['pairs of trixie', 'debian-tracker', 'debian:13', 2901],
  ])('has all %s', (_name, source, ecosystem, expected) => {
    const sql = `SELECT count(DISTINCT a.id || ' ' || ${source === 'osv' ? "''" : 'f.name'}) FROM affected f JOIN advisory a ON a.key = f.advisory
      WHERE a.source = ? AND f.ecosystem = ?`;
    expect(count(sql, source, ecosystem)).toBe(expected);
  });

  it.each([
    ['3.10', 285],
    ['3.14', 461],
    ['3.17', 556],
    ['edge', 561],
  ])('has all packages of Alpine %s', (branch, expected) => {
    expect(count('SELECT count(DISTINCT name) FROM affected WHERE ecosystem = ?', `alpine:${branch}`)).toBe(expected);
  });

  it.each([
    ['debian:12', 'imagemagick', 245],
    ['debian:12', 'openssl', 84],
    ['debian:12', 'glibc', 40],
    ['debian:13', 'curl', 83],
    ['alpine:3.17', 'firefox', 347],
    ['alpine:3.17', 'tcpdump', 70],
    ['alpine:3.17', 'openjdk17', 41],
  ])('knows in %s of %s', (ecosystem, name, expected) => {
    const sql = `SELECT count(DISTINCT a.id) FROM affected f JOIN advisory a ON a.key = f.advisory
      WHERE f.ecosystem = ? AND f.name = ? AND a.source <> 'osv'`;
    expect(count(sql, ecosystem, name)).toBe(expected);
  });

  it('has every exploited vulnerability and every score', () => {
    expect(count('SELECT count(*) FROM kev')).toBe(1404);
    expect(count('SELECT count(*) FROM epss')).toBe(2345);
    expect(database.status().find(({ id }) => id === 'kev')?.date).toMatch(/^2025-08-25T/);
  });

  it('parses nothing twice', async () => {
    const before = database.fingerprint();
    const again = await updateAdvisories({ from, folder }, database, context);
    expect(again).toHaveLength(results.length);
    expect(again.map(({ state }) => state)).toEqual(again.map(() => 'unchanged'));
    expect(database.fingerprint()).toBe(before);
  });

  describe('facts looked up by hand', () => {
    it('Alpine 3.10: apk-tools 2.10.6-r0 lacks one fix, 2.10.7-r0 none', () => {
      const [found, ...rest] = find(subject('apk', 'apk-tools', '2.10.6-r0', 'apk-tools'), alpine('3.10.9'));
      expect(rest).toEqual([]);
      expect(found).toMatchObject({
        id: 'CVE-2021-36159',
        fixedIn: '2.10.7-r0',
        status: 'affected',
        source: 'alpine-secdb',
        how: {
          matcher: 'distro',
          searchedBy: { ecosystem: 'alpine:3.10', name: 'apk-tools', version: '2.10.6-r0' },
          range: '<2.10.7-r0',
          scheme: 'apk',
        },
      });
      expect(find(subject('apk', 'apk-tools', '2.10.7-r0', 'apk-tools'), alpine('3.10.9'))).toEqual([]);
    });

    it('Alpine 3.17: libcrypto3 is matched as openssl; eight fixes came with 3.0.8-r0', () => {
      const found = find(subject('apk', 'libcrypto3', '3.0.7-r2', 'openssl'), alpine('3.17.1'));
      expect(found).toHaveLength(8);
      expect(idsOf(found)).toContain('CVE-2023-0286');
      expect(new Set(found.map(({ fixedIn }) => fixedIn))).toEqual(new Set(['3.0.8-r0']));
    });

    it('Alpine 3.17: CVE-2022-2274 never touched openssl, however old', () => {
      const found = idsOf(find(subject('apk', 'openssl', '1.1.1a-r0', 'openssl'), alpine('3.17')));
      expect(found).toContain('CVE-2022-3602');
      expect(found).not.toContain('CVE-2022-2274');
    });

    it('Debian 12: libc6 is matched as glibc; the looney tunables are exploited', () => {
      const found = find(subject('deb', 'libc6', '2.36-9+deb12u1', 'glibc'), debian('12'));
      const looney = found.find(({ id }) => id === 'CVE-2023-4911');
      expect(looney).toMatchObject({
        fixedIn: '2.36-9+deb12u3',
        kev: { dateAdded: '2023-11-21', dueDate: '2023-12-12', ransomware: false },
        epss: { score: 0.81422, percentile: 0.99609 },
      });
      expect(found[0]?.id).toBe('CVE-2023-4911'); // the exploited one comes first among those of unknown severity
    });

    it('Debian 11 and 12 fix curl’s SOCKS5 overflow in different versions', () => {
      const fixedIn = (version: string, distro: Distro) =>
        find(subject('deb', 'libcurl4', version, 'curl'), distro).find(({ id }) => id === 'CVE-2023-38545')?.fixedIn;
      expect(fixedIn('7.74.0-1.3+deb11u7', debian('11'))).toBe('7.74.0-1.3+deb11u10');
      expect(fixedIn('7.88.1-10+deb12u3', debian('12'))).toBe('7.88.1-10+deb12u4');
      expect(fixedIn('7.88.1-10+deb12u4', debian('12'))).toBeUndefined();
    });

    it('Debian 12: openssl 3.0.11-1~deb12u1 is before 3.0.11-1~deb12u2, and bookworm’s fix is not trixie’s', () => {
      const found = (version: string) =>
        find(subject('deb', 'openssl', version, 'openssl'), debian('12')).find(({ id }) => id === 'CVE-2023-5363');
      expect(found('3.0.11-1~deb12u1')?.fixedIn).toBe('3.0.11-1~deb12u2');
      expect(found('3.0.11-1~deb12u2')).toBeUndefined();
    });

    it('PyPI: certifi 2022.9.24 has two, each with its CVE id first', () => {
      const found = find(subject('pypi', 'certifi', '2022.9.24'));
      expect(found.map(({ id, fixedIn }) => [id, fixedIn]).sort()).toEqual([
        ['CVE-2022-23491', '2022.12.7'],
        ['CVE-2023-37920', '2023.7.22'],
      ]);
      expect(found.find(({ id }) => id === 'CVE-2023-37920')?.aliases).toEqual(['GHSA-xqr8-7jwr-rhp7', 'PYSEC-2023-135']);
    });

    it('PyPI: avro is told of by GitHub and by PyPA, and is one finding with GitHub’s severity', () => {
      const found = find(subject('pypi', 'avro', '1.11.2')).filter(({ id }) => id === 'CVE-2023-39410');
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        aliases: ['GHSA-rhrv-645h-fjfh', 'PYSEC-2023-188'],
        severity: 'high',
        severitySource: 'github',
        cvss: { score: 7.5, version: '3.1' },
        cwes: ['CWE-20', 'CWE-502'],
        fixedIn: '1.11.3',
      });
    });

    it('PyPI: names are compared as pip does, and enumerated versions alone suffice', () => {
      expect(idsOf(find(subject('pypi', 'gradio', '4.36.1')))).toContain('CVE-2024-39236');
    });

    it('PyPI: a withdrawn record is silent', () => {
      const found = find(subject('pypi', 'aiohttp', '3.8.1'));
      expect(found.length).toBeGreaterThan(3);
      expect(found.flatMap(({ id, aliases }) => [id, ...aliases])).not.toContain('PYSEC-2022-43059');
    });

    it('npm: minimist 1.2.5 lies in the second of two ranges', () => {
      const [found, ...rest] = find(subject('npm', 'minimist', '1.2.5'));
      expect(rest).toEqual([]);
      expect(found).toMatchObject({
        aliases: expect.not.arrayContaining(['GHSA-vh95-rmgr-6w4m']),
        severity: 'critical',
        cvss: { score: 9.8 },
        cwes: ['CWE-1321'],
        fixedIn: '1.2.6',
        how: { range: '>=1.0.0, <1.2.6', scheme: 'semver', matcher: 'language' },
      });
      expect(find(subject('npm', 'minimist', '1.2.6'))).toEqual([]);
    });

    it('npm: formidable’s open range ends where GitHub says beside it', () => {
      const ids = (version: string) => idsOf(find(subject('npm', 'formidable', version)));
      expect(ids('2.1.2')).toContain('CVE-2025-46653');
      expect(ids('2.1.3')).not.toContain('CVE-2025-46653');
      expect(ids('3.5.2')).toContain('CVE-2025-46653');
    });
  });

  it('says where it knows nothing', () => {
    const gapsOf = (type: PackageType, distro: Distro) => match([subject(type, 'openssl', '1')], distro, database).gaps;
    expect(gapsOf('apk', alpine('3.21.0'))).toEqual(['no advisories are loaded for alpine 3.21']);
    expect(gapsOf('deb', debian('12'))).toEqual([]);
    expect(gapsOf('deb', release('ubuntu', '24.04'))).toEqual(['no advisories are loaded for ubuntu 24.04']);
    expect(gapsOf('deb', release('void', '1'))).toEqual(['no advisories are known for void']);
  });

  it('finds 500 packages at once, quickly', () => {
    const names = raw.prepare("SELECT DISTINCT name FROM affected WHERE ecosystem = 'npm' LIMIT 250").all();
    const keys = names.flatMap(({ name }) => [
      { ecosystem: 'npm', name: String(name) },
      { ecosystem: 'npm', name: `no-${name}` },
    ]);
    const start = performance.now();
    const found = database.find(keys);
    expect(performance.now() - start).toBeLessThan(500);
    expect(found).toHaveLength(500);
    for (const [position, records] of found.entries()) expect(records.length > 0).toBe(position % 2 === 0);
  });
});
