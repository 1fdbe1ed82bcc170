import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Advisory, type AffectedPackage, advisorySources, createContext } from '@plimsoll/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf } from '../../packages/core/src/advisory/shared/documents.ts';
import { zippedFiles } from '../../packages/core/src/util/zip.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const feeds = path.join(data, 'feeds');
const present = existsSync(feeds);
if (!present) console.log(`test/data/sources: skipped, ${feeds} is not there`);

const PROVIDERS = 'vunnel/tests/unit/providers';
const CSAF = `${PROVIDERS}/rhel/test-fixtures/csaf`;
const VEX = 'trivy-db/pkg/vulnsrc/redhat-csaf/testdata';

interface Reading {
  readonly sources: readonly string[];
  readonly advisories: readonly Advisory[];
  readonly messages: readonly string[];
}

/** Samples of many feeds as their makers publish them. What each holds was counted and checked by hand against the files. */
describe.runIf(present)('samples of the feeds of distributions', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-sources-'));
    for (const [name, archive] of [
      ['vunnel', 'vunnel/provider-fixtures.tar.gz'],
      ['trivy-db', 'trivy-db/vulnsrc-testdata.tar.gz'],
    ] as const) {
      await mkdir(path.join(folder, name));
      execFileSync('tar', ['xzf', path.join(feeds, archive), '-C', path.join(folder, name)]);
    }
    const samples = path.join(folder, 'osv');
    await mkdir(samples);
    for (const entry of zippedFiles(path.join(feeds, 'osv-samples/osv-samples-by-source.zip'))) {
      const { record } = JSON.parse(Buffer.from(entry.read(16 * 1024 * 1024)).toString()) as { readonly record: object };
      await writeFile(path.join(samples, path.basename(entry.name)), JSON.stringify(record));
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(file: string): Promise<Reading> {
    const document = { name: path.basename(file), file: path.resolve(folder, file) };
    const { name, head } = await headOf(document);
    const sources = advisorySources.filter((source) => source.recognises(name, head));
    const messages: string[] = [];
    const advisories: Advisory[] = [];
    const context = createContext({ offline: true, diagnose: ({ message }) => messages.push(message) });
    for await (const record of sources[0]?.parse(document, context) ?? []) if (record.kind === 'advisory') advisories.push(record.advisory);
    return { sources: sources.map(({ id }) => id), advisories, messages };
  }
  const brief = ({ ecosystem, name, status, ranges, module, architecture }: AffectedPackage) =>
    [ecosystem, name, status, ...ranges.map((range) => JSON.stringify(range)), module, architecture].filter(Boolean).join(' ');
  const affectedBy = ({ advisories }: Reading, id: string) =>
    advisories.filter((advisory) => advisory.id === id).flatMap(({ affected }) => affected.map(brief));

  it.each([
    [`${PROVIDERS}/wolfi/test-fixtures/input/secdb/security.json`, 'wolfi', 59],
    [path.join(data, 'advisories/wolfi/security.json.gz'), 'wolfi', 31_939],
    [`${PROVIDERS}/chainguard/test-fixtures/input/secdb/security.json`, 'chainguard', 197],
    [`${PROVIDERS}/photon/test-fixtures/input/cve_data_photon1.0.json`, 'photon', 3],
    [`${PROVIDERS}/photon/test-fixtures/input/cve_data_photon4.0.json`, 'photon', 6],
    [`${PROVIDERS}/oracle/test-fixtures/mock_data`, 'oracle', 6],
    [`${PROVIDERS}/oracle/test-fixtures/mock_per_arch_data`, 'oracle', 6],
    [`${PROVIDERS}/oracle/test-fixtures/mock_ksplice_data`, 'oracle', 0],
    [`${PROVIDERS}/mariner/test-fixtures/azure-linux-truncated-3.0-oval.xml`, 'azurelinux', 3],
    [`${PROVIDERS}/mariner/test-fixtures/mariner-truncated-2.0-oval.xml`, 'azurelinux', 4],
    [`${CSAF}/advisories/rhsa-2023_7025.json`, 'redhat', 4],
    [`${CSAF}/advisories/rhsa-2024_0811.json`, 'redhat', 3],
    [`${CSAF}/advisories/2025/rhsa-2025_23414.json`, 'redhat', 0],
    [`${CSAF}/server/2024/rhsa-2024_0010.json`, 'redhat', 3],
    [`${VEX}/happy/csaf-vex/cve-2024-10041.json`, 'redhat', 1],
    ['osv/RLSA-2021_3891.json', 'osv', 10],
    ['osv/RLSA-2024_3671.json', 'osv', 3],
    ['osv/RHSA-2024_6220.json', 'osv', 0],
    ['osv/CGA-224q-ccj5-2p53.json', 'osv', 1],
    [`${PROVIDERS}/alma/test-fixtures/osv-database/advisories/almalinux8/ALBA-2021:4378.json`, 'osv', 0],
    [`${PROVIDERS}/alma/test-fixtures/osv-database/advisories/almalinux9/ALSA-2022:8194.json`, 'osv', 10],
  ])('%s is of %s', async (file, source, count) => {
    const { sources, advisories, messages } = await read(file);
    expect({ sources, count: advisories.length, messages }).toEqual({ sources: [source], count, messages: [] });
    for (const { affected, references } of advisories) {
      expect(affected.length).toBeGreaterThan(0);
      expect(references.every((address) => /^https?:\/\//.test(address))).toBe(true);
    }
  });

  it.each([
    ['another maker’s secdb', `${PROVIDERS}/minimos/test-fixtures/input/secdb/security.json`],
    ['a third maker’s', `${PROVIDERS}/secureos/test-fixtures/input/secdb/secdb.json`],
    ['SUSE’s OVAL, which OSV stands for', `${PROVIDERS}/sles/test-fixtures/suse_truncated.xml`],
    ['Amazon’s RSS', `${PROVIDERS}/amazon/test-fixtures/input/2_rss.xml`],
    ['Red Hat’s older API', `${CSAF}/hydra/cve-2024-8088.json`],
    ['an empty document', `${VEX}/no-vulnerabilities/csaf-vex/no-vulnerabilities.json`],
  ])('takes %s for none it knows', async (_name, file) => {
    expect((await read(file)).sources).toEqual([]);
  });

  it('reads Red Hat’s VEX: a fix by package, its severity and score', async () => {
    const found = await read(`${VEX}/happy/csaf-vex/cve-2024-10041.json`);
    expect(affectedBy(found, 'CVE-2024-10041')).toEqual(['rhel:9 pam affected {"fixed":"1.5.1-21.el9_5"}']);
    expect(found.advisories[0]?.opinions).toMatchObject([{ source: 'redhat', severity: 'medium', score: 4.7 }]);
    expect(found.advisories[0]?.references).toContain('https://access.redhat.com/errata/RHSA-2024:9941');
  });

  it('reads Red Hat’s VEX: packages not fixed, modules, images left out', async () => {
    expect(affectedBy(await read(`${VEX}/vuln-list-redhat/csaf-vex/cve-2024-11111.json`), 'CVE-2024-11111')).toEqual([
      'rhel:9 test-package affected {"fixed":"1:1.0.0-1.el9"}',
      'rhel:9 modular-package affected {"fixed":"2.4.37-65.module+el8.10.0+21982+14717793"} module:2.4',
      'rhel:9 affected-package-bin affected {}',
    ]);
  });

  it('reads Red Hat’s announcements: main releases, no extended stream of them', async () => {
    const found = affectedBy(await read(`${CSAF}/advisories/rhsa-2024_0811.json`), 'CVE-2023-42465');
    expect(found).toEqual([
      'rhel:9 sudo affected {"fixed":"1.9.5p2-10.el9_3"}',
      'rhel:9 sudo-python-plugin affected {"fixed":"1.9.5p2-10.el9_3"}',
      'rhel:8 sudo affected {"fixed":"1.9.5p2-1.el8_9"}',
    ]);
  });

  it('reads Red Hat’s announcements: three streams of one module', async () => {
    const files = ['rhsa-2023_7025', 'rhsa-2023_3821', 'rhsa-2024_1431'].map((name) => `${CSAF}/advisories/${name}.json`);
    const found = await Promise.all(files.map(async (file) => affectedBy(await read(file), 'CVE-2021-33621')));
    expect(found.flat().filter((text) => text.startsWith('rhel:8 ruby '))).toEqual([
      'rhel:8 ruby affected {"fixed":"2.5.9-111.module+el8.9.0+19193+435404ae"} ruby:2.5',
      'rhel:8 ruby affected {"fixed":"2.7.8-139.module+el8.8.0+18745+f1bef313"} ruby:2.7',
      'rhel:8 ruby affected {"fixed":"3.1.4-142.module+el8.9.0+21471+7d1e4a35"} ruby:3.1',
    ]);
  });

  it('reads Oracle’s OVAL: an epoch, all packages, and versions by architecture', async () => {
    const bind = affectedBy(await read(`${PROVIDERS}/oracle/test-fixtures/mock_data`), 'CVE-2007-0493');
    expect(bind).toHaveLength(8);
    expect(bind).toContain('oracle:5 caching-nameserver affected {"fixed":"30:9.3.3-8.el5"}');
    const rsyslog = affectedBy(await read(`${PROVIDERS}/oracle/test-fixtures/mock_per_arch_data`), 'CVE-2022-24903');
    expect(rsyslog.filter((text) => text.includes(' rsyslog '))).toEqual([
      'oracle:7 rsyslog affected {"fixed":"8.24.0-57.0.4.el7_9.3"} aarch64',
      'oracle:7 rsyslog affected {"fixed":"8.24.0-57.0.1.el7_9.3"} x86_64',
    ]);
  });

  it('reads Microsoft’s OVAL: a run of versions, and what has no fix', async () => {
    const found = await read(`${PROVIDERS}/mariner/test-fixtures/mariner-truncated-2.0-oval.xml`);
    expect(affectedBy(found, 'CVE-2023-29404')).toEqual(['mariner:2.0 golang affected {"fixed":"1.20.7-1.cm2","introduced":"1.19.0.cm2"}']);
    expect(affectedBy(found, 'CVE-2022-3736')).toEqual(['mariner:2.0 bind affected {"lastAffected":"9.16.33-1.cm2"}']);
    expect(affectedBy(found, 'CVE-2023-0687')).toEqual([]); // it never applied
  });

  it('reads Photon’s list: a fix and a statement', async () => {
    const found = await read(`${PROVIDERS}/photon/test-fixtures/input/cve_data_photon4.0.json`);
    expect(affectedBy(found, 'CVE-2023-38545')).toEqual(['photon:4.0 curl affected {"fixed":"7.88.1-4.ph4"}']);
    expect(affectedBy(found, 'CVE-2023-44487')).toEqual([
      'photon:4.0 nghttp2 affected {"fixed":"1.57.0-1.ph4"}',
      'photon:4.0 httpd not-affected',
    ]);
  });

  it('reads Rocky’s records: by source, with the stream in the version', async () => {
    expect(affectedBy(await read('osv/RLSA-2021_3891.json'), 'CVE-2021-35603')).toEqual([
      'rocky:8 java-11-openjdk affected {"introduced":"0","fixed":"1:11.0.13.0.8-1.el8_4"}',
    ]);
    expect(affectedBy(await read('osv/RLSA-2024_3671.json'), 'CVE-2024-27280')).toContain(
      'rocky:9 ruby affected {"introduced":"0","fixed":"0:3.3.1-2.module+el9.4.0+20787+4c237fd3"} ruby:3.3',
    );
  });

  it('reads Chainguard’s records: two distributions in one, and a statement', async () => {
    expect(affectedBy(await read('osv/CGA-xcpc-gm23-prj9.json'), 'CVE-2025-68121')).toEqual(
      expect.arrayContaining([
        'chainguard syncthing affected {"introduced":"0","fixed":"2.0.14-r1"}',
        'chainguard syncthing-compat not-affected',
      ]),
    );
  });

  it('reads Wolfi’s database: what each version fixed', async () => {
    const found = await read(path.join(data, 'advisories/wolfi/security.json.gz'));
    const raw = await readFile(path.join(data, 'advisories/wolfi/security.json.gz'));
    const { gunzipSync } = await import('node:zlib');
    const { packages } = JSON.parse(gunzipSync(raw).toString()) as {
      readonly packages: readonly {
        readonly pkg: { readonly name: string; readonly secfixes: Readonly<Record<string, readonly string[]>> };
      }[];
    };
    const expected = packages.flatMap(({ pkg }) =>
      Object.entries(pkg.secfixes).flatMap(([version, ids]) =>
        ids.map((id) => `${id} wolfi ${pkg.name} ${version === '0' ? 'not-affected' : `affected ${JSON.stringify({ fixed: version })}`}`),
      ),
    );
    expect(found.advisories.flatMap(({ id, affected }) => affected.map((entry) => `${id} ${brief(entry)}`)).sort()).toEqual(
      expected.sort(),
    );
  });
});
