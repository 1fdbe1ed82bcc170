import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createContext, findFormat, openWorkspace, version } from '@plimsoll/core';
import type { Report } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const images = [
  ['images/chain/debian-thin.oci', 'shop-api_1.4.2'],
  ['images/chain/alpine.oci', 'shop-alpine_1.4.2'],
] as const;

describe.skipIf(!existsSync(data))('an SBOM of ours, read back (skipped where ../shared/data is absent)', () => {
  let folder: string;
  const context = createContext({ now: () => new Date('2026-11-01T00:00:00Z'), offline: true });
  const open = () => openWorkspace({ dataDir: path.join(folder, 'data'), cacheDir: path.join(folder, 'cache') });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-sbom-'));
    using workspace = open();
    await workspace.updateAdvisories({ from: path.join(data, 'advisories'), sources: ['osv', 'debian-tracker', 'alpine-secdb'] }, context);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(images.flatMap(([layout, ref]) => ['cyclonedx', 'spdx'].map((format) => [format, layout, ref] as const)))(
    '%s of %s %s has the findings of the image',
    async (format, layout, ref) => {
      using workspace = open();
      const report = workspace.assess(await workspace.index(`oci-dir://${path.join(data, layout)}`, { ref }, context), context);
      const file = path.join(folder, `${ref}.${format}.json`);
      await writeFile(file, [...findFormat(format).encode(report, version)].join(''));
      const again = workspace.assess(await workspace.index(`sbom://${file}`, {}, context), context);
      expect(again.inventory.packages.map(({ purl }) => purl)).toEqual(report.inventory.packages.map(({ purl }) => purl));
      expect(report.matches.length).toBeGreaterThan(20);
      expect(findings(again)).toEqual(findings(report));
      expect(again.counts).toEqual(report.counts);
    },
  );
});

function findings({ matches }: Report): readonly string[] {
  return matches
    .map(
      ({ package: purl, id, fixedIn, severity, status, suppressed }) => `${purl} ${id} ${fixedIn} ${severity} ${status} ${suppressed?.by}`,
    )
    .sort();
}
