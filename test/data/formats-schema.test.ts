import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { createContext, findFormat, formats, openWorkspace, version, type Workspace } from '@plimsoll/core';
import { type Report, reportSchema } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const present = existsSync(data);
if (!present) console.log(`test/data/formats-schema: skipped, ${data} is not there`);

const images = [
  ['oci-dir://chain/debian-thin.oci', 'shop-api_1.4.2'],
  ['oci-dir://chain/debian-thin.oci', 'upgraded_1'],
  ['oci-dir://chain/alpine.oci', 'shop-alpine_1.4.2'],
  ['oci-dir://chain/alpine.oci', 'whiteouts_1'],
  ['archive://chain/formats/docker-28-empty-image-layers-null.tar', undefined],
] as const;

/** Validators of the published schemas: what each has against a document. */
const validators: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  cyclonedx: (text) => new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text),
  spdx: against('spdx-schema-2.3.json'),
  sarif: against('sarif-schema-2.1.0.json'),
  json: async (text) => reportSchema.safeParse(JSON.parse(text)).error ?? null,
};

describe.runIf(present)('documents of real images with real advisories', () => {
  const context = createContext({ env: {}, offline: true, now: () => new Date('2026-11-22T00:00:00Z') });
  const reports = new Map<string, Report>();
  let folder: string;
  let workspace: Workspace;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-formats-'));
    workspace = openWorkspace({ dataDir: path.join(folder, 'data'), cacheDir: path.join(folder, 'cache') });
    await workspace.updateAdvisories({ from: path.join(data, 'advisories') }, context);
    for (const [place, ref] of images) {
      const input = place.replace('://', `://${data}/images/`);
      const inventory = await workspace.index(input, ref === undefined ? {} : { ref }, context);
      reports.set(`${place} ${ref ?? ''}`, workspace.assess(inventory, context));
    }
  });

  afterAll(async () => {
    workspace[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  });

  describe.each(Object.keys(validators))('%s', (id) => {
    it.each(images.map(([place, ref]) => `${place} ${ref ?? ''}`))('%s', async (name) => {
      expect(await validators[id]?.(write(id, reports.get(name) as Report))).toBeNull();
    });

    it.each(['empty', 'small', 'rich'] as const)('the standard report %s', async (name) => {
      expect(await validators[id]?.(write(id, standardReports[name]))).toBeNull();
    });
  });

  it('have something in them', () => {
    const report = reports.get(`${images[0][0]} ${images[0][1]}`) as Report;
    expect(report.inventory.packages.length).toBe(209);
    expect(report.matches.length).toBeGreaterThan(100);
    for (const { id } of formats.filter((format) => format.id !== 'spdx')) expect(write(id, report)).toContain(report.matches[0]?.id);
  });
});

function write(id: string, report: Report): string {
  return [...findFormat(id).encode(report, version)].join('');
}

function against(schema: string): (text: string) => Promise<unknown> {
  return async (text) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    // The schema of SARIF is of draft 4 and uses nothing that later drafts read in another way.
    const { $schema: _, id: __, ...rules } = JSON.parse(readFileSync(path.join(data, 'standards/schemas', schema), 'utf8'));
    const validate = ajv.compile(rules);
    return validate(JSON.parse(text)) ? null : validate.errors?.slice(0, 5);
  };
}
