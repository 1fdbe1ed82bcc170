import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inventorySchema } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexSbom, isSbom } from './index-sbom.ts';

const bom = JSON.stringify({
  bomFormat: 'CycloneDX',
  metadata: { component: { name: 'shop:1' } },
  components: [
    { type: 'operating-system', name: 'debian', version: '12' },
    { 'bom-ref': 'b', name: 'openssl', purl: 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64' },
    { 'bom-ref': 'a', name: 'six', purl: 'pkg:pypi/six@1.16.0', properties: [{ name: 'plimsoll:ownedBy', value: 'b' }] },
    { 'bom-ref': 'c', name: 'six', purl: 'pkg:pypi/six@1.16.0' },
    { name: 'mystery', type: 'library' },
  ],
});

describe('indexSbom', () => {
  let folder: string;
  const write = async (name: string, content: string) => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-sbom-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('makes an inventory without layers, each package once', async () => {
    const inventory = inventorySchema.parse(await indexSbom(`sbom://${await write('bom.json', bom)}`));
    expect(inventory.image).toMatchObject({ name: 'shop:1', source: 'sbom', layers: [] });
    expect(inventory.packages.map(({ purl, introducedIn, ownedBy }) => [purl, introducedIn, ownedBy])).toEqual([
      ['pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12&os_name=debian&os_version=12', -1, undefined],
      ['pkg:pypi/six@1.16.0', -1, undefined],
    ]);
    expect(inventory.coverage.gaps).toHaveLength(1);
    expect(inventory.diagnostics).toMatchObject([
      { author: 'sbom', message: '1 entries of the SBOM name no package of a type that is known' },
    ]);
  });

  it('gives the same for the same document', async () => {
    const file = await write('same.json', bom);
    expect(await indexSbom(`sbom://${file}`)).toEqual(await indexSbom(`sbom://${file}`));
  });

  it.each([
    ['no JSON', 'hello', 'SBOM_UNREADABLE'],
    ['JSON of no known format', '{"a":1}', 'SBOM_UNREADABLE'],
    ['a document that breaks its format', '{"bomFormat":"CycloneDX","components":5}', 'SBOM_UNREADABLE'],
    ['JSON that is nested a million deep', `{"bomFormat":"CycloneDX","components":${'['.repeat(1_000_000)}`, 'SBOM_UNREADABLE'],
  ])('refuses %s', async (_name, content, code) => {
    await expect(indexSbom(`sbom://${await write('bad.json', content)}`)).rejects.toMatchObject({ code });
  });

  it('says that a file is not there', async () => {
    await expect(indexSbom(`sbom://${folder}/none.json`)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it('is known by its prefix, or by how a file begins', async () => {
    expect(isSbom('sbom://x')).toBe(true);
    expect(isSbom(await write('a.json', ' \n{"bomFormat"'))).toBe(true);
    expect(isSbom(await write('a.tar', 'manifest.json'))).toBe(false);
    expect(isSbom('debian:12')).toBe(false);
    expect(isSbom(folder)).toBe(false);
  });
});
