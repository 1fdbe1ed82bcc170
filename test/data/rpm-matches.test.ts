import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, indexImage, openImage } from '@plimsoll/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateAdvisories } from '../../packages/core/src/advisory/update.ts';
import { match } from '../../packages/core/src/match/match.ts';
import { type AdvisoryDatabase, openAdvisoryDatabase } from '../../packages/core/src/store/advisory-database.ts';
import { createMemoryLayerCache } from '../../packages/core/src/store/layer-cache.ts';

const images = path.resolve(import.meta.dirname, '../../../shared/data/images/rpm');

const update = (cve: string, ...packages: readonly string[]) =>
  `<update><id>ALAS2023-2023-1</id><severity>important</severity><references><reference id="${cve}" href="https://example.org/"/></references><pkglist>${packages
    .map((text) => {
      const [name, epoch, version, release] = text.split(' ');
      return `<package name="${name}" epoch="${epoch}" version="${version}" release="${release}" arch="x86_64"/>`;
    })
    .join('')}</pkglist></update>`;
/** `name operation evr`. */
function oval(...tests: readonly (readonly [string, string, string, string])[]): string {
  const each = (make: (test: readonly [string, string, string, string], i: number) => string) => tests.map(make).join('');
  return `<oval_definitions><definitions>${each(
    ([cve], i) =>
      `<definition id="oval:com.microsoft.cbl-mariner:def:${i}"><metadata><reference source="CVE" ref_id="${cve}"/><patchable>true</patchable><severity>High</severity></metadata><criteria><criterion test_ref="t${i}"/></criteria></definition>`,
  )}</definitions><tests>${each((_, i) => `<rpminfo_test id="t${i}"><object object_ref="o${i}"/><state state_ref="s${i}"/></rpminfo_test>`)}</tests>${each(
    ([, name], i) => `<rpminfo_object id="o${i}"><name>${name}</name></rpminfo_object>`,
  )}${each(([, , operation, version], i) => `<rpminfo_state id="s${i}"><evr operation="${operation}">${version}</evr></rpminfo_state>`)}</oval_definitions>`;
}
const suse = (id: string, cve: string, ecosystem: string, fixed: string, binaries: object) =>
  JSON.stringify({
    id,
    upstream: [cve],
    affected: [
      {
        package: { ecosystem, name: 'glibc' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
        ecosystem_specific: { binaries: [binaries] },
      },
    ],
  });
const vex = (cve: string, major: number, status: object, purls: Readonly<Record<string, string>>) =>
  JSON.stringify({
    document: { category: 'csaf_vex', aggregate_severity: { text: 'Important' }, publisher: { namespace: 'https://www.redhat.com' } },
    product_tree: {
      branches: [
        { product: { product_id: 'os', product_identification_helper: { cpe: `cpe:/o:redhat:enterprise_linux:${major}` } } },
        ...Object.entries(purls).map(([id, purl]) => ({ product: { product_id: id, product_identification_helper: { purl } } })),
      ],
      relationships: Object.keys(purls).map((id) => ({
        full_product_name: { product_id: `os:${id}` },
        product_reference: id,
        relates_to_product_reference: 'os',
      })),
    },
    vulnerabilities: [{ cve, product_status: status }],
  });

/** Announcements around the versions that the images have: of each pair one is of that version, the other of the next. */
const documents: Readonly<Record<string, string>> = {
  'amazon/updateinfo.xml': `<updates>${update('CVE-2023-0001', 'openssl-libs 1 3.0.8 1.amzn2023.0.4', 'libcurl-minimal 0 8.0.1 1.amzn2023.0.1')}${update(
    'CVE-2023-0002',
    'openssl-libs 1 3.0.8 1.amzn2023.0.5',
    'openssl 1 3.0.8 1.amzn2023.0.5',
  )}${update('CVE-2023-0003', 'glibc-common 0 2.34 52.amzn2023.0.10', 'curl 0 9 1.amzn2023')}${update('CVE-2023-0004', 'bash 0 9 1.amzn2')}</updates>`,
  'mariner-2.0.xml': oval(
    ['CVE-2023-0011', 'curl', 'less than', '0:7.76.0-6.cm2'],
    ['CVE-2023-0012', 'curl', 'less than', '0:7.76.0-7.cm2'],
    ['CVE-2023-0013', 'openssl', 'less than or equal', '0:1.1.1k-7.cm2'],
    ['CVE-2023-0014', 'curl-libs', 'less than', '0:9-1.cm2'],
  ),
  'suse-1.json': suse('SUSE-SU-2023:1-1', 'CVE-2023-0021', 'SUSE:Linux Enterprise Server 15 SP3-LTSS', '2.31-9.4.1', {
    glibc: '2.31-9.4.1',
    nscd: '2.31-9.4.1',
  }),
  'suse-2.json': suse('SUSE-SU-2023:2-1', 'CVE-2023-0022', 'SUSE:Linux Enterprise Module for Basesystem 15 SP3', '2.31-9.3.2', {
    glibc: '2.31-9.3.2',
  }),
  'suse-3.json': suse('SUSE-SU-2023:3-1', 'CVE-2023-0023', 'SUSE:Linux Enterprise Module for Basesystem 15 SP4', '9-1', { glibc: '9-1' }),
  'redhat/1.json': vex(
    'CVE-2023-0031',
    9,
    { fixed: ['os:fix'] },
    { fix: 'pkg:rpm/redhat/openssl-libs@3.0.7-25.el9_3?arch=x86_64&epoch=1' },
  ),
  'redhat/2.json': vex('CVE-2023-0032', 9, { fixed: ['os:fix'] }, { fix: 'pkg:rpm/redhat/curl@7.76.1-26.el9_3.2?arch=x86_64' }),
  'redhat/3.json': vex(
    'CVE-2023-0033',
    9,
    { known_affected: ['os:src'], known_not_affected: ['os:bin'] },
    {
      src: 'pkg:rpm/redhat/curl?arch=src',
      bin: 'pkg:rpm/redhat/bash',
    },
  ),
  'redhat/4.json': vex('CVE-2023-0034', 8, { known_affected: ['os:src'] }, { src: 'pkg:rpm/redhat/util-linux?arch=src' }),
};

describe.skipIf(!existsSync(images))('RPM images with advisories of their distributions', () => {
  let folder: string;
  let database: AdvisoryDatabase;
  const context = createContext({ env: {}, offline: true });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-rpm-'));
    for (const [name, text] of Object.entries(documents)) {
      await mkdir(path.dirname(path.join(folder, 'feeds', name)), { recursive: true });
      await writeFile(path.join(folder, 'feeds', name), text);
    }
    database = openAdvisoryDatabase(path.join(folder, 'advisories.db'));
    const results = await updateAdvisories({ from: path.join(folder, 'feeds'), folder }, database, context);
    expect(results.filter(({ state }) => state !== 'updated')).toEqual([]);
  });
  afterAll(async () => {
    database[Symbol.dispose]();
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'amazonlinux-2023-rpmdb-sqlite',
      [
        'CVE-2023-0002 openssl-libs 1:3.0.8-1.amzn2023.0.4 < 1:3.0.8-1.amzn2023.0.5',
        'CVE-2023-0003 glibc-common 2.34-52.amzn2023.0.3 < 2.34-52.amzn2023.0.10',
      ],
    ],
    [
      'cbl-mariner-2.0-rpmdb-sqlite',
      [
        'CVE-2023-0012 curl 7.76.0-6.cm2 < 7.76.0-7.cm2',
        'CVE-2023-0012 curl-libs 7.76.0-6.cm2 < 7.76.0-7.cm2',
        'CVE-2023-0013 openssl 1.1.1k-7.cm2 < no fix',
        'CVE-2023-0013 openssl-libs 1.1.1k-7.cm2 < no fix',
      ],
    ],
    ['sle15-bci-rpmdb-ndb', ['CVE-2023-0021 glibc 2.31-9.3.2 < 2.31-9.4.1']],
    ['ubi8-like-rpmdb-bdb', ['CVE-2023-0034 libuuid 2.32.1-42.el8_8 < no fix']],
    [
      'ubi9-like-rpmdb-sqlite-synthetic',
      ['CVE-2023-0031 openssl-libs 1:3.0.7-24.el9 < 1:3.0.7-25.el9_3', 'CVE-2023-0033 curl 7.76.1-26.el9_3.2 < no fix'],
    ],
  ])('%s has what its own release says, and nothing of another', async (name, expected) => {
    await using image = await openImage(path.join(images, `${name}.tar`), {}, context);
    const inventory = await indexImage(image, { cache: createMemoryLayerCache(), context });
    const { matches, gaps } = match(inventory.packages, inventory.distro, database);
    const byId = new Map(inventory.packages.map((found) => [found.id, found]));
    const lines = matches.map(({ id, packageId, fixedIn }) => {
      const found = byId.get(packageId);
      return `${id} ${found?.name} ${found?.version} < ${fixedIn ?? 'no fix'}`;
    });
    expect(lines.sort()).toEqual(expected);
    expect(gaps).toEqual([]);
  });
});
