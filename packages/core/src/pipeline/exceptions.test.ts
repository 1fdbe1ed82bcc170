import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAdvisory, buildImage, type MemoryRegistry, startMemoryRegistry } from '@plimsoll/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdvisoryRecord } from '../advisory/types.ts';
import { loadExceptions } from '../exception/load.ts';
import { createContext } from '../util/context.ts';
import { openWorkspace } from './workspace.ts';

let folder: string;
let clock = '2026-06-01T12:00:00Z';
const context = createContext({ env: { DOCKER_CONFIG: '/nowhere' }, now: () => new Date(clock) });
beforeEach(() => {
  clock = '2026-06-01T12:00:00Z';
  folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-exceptions-'));
  mkdirSync(path.join(folder, 'work'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const app = buildImage({
  layers: [
    {
      createdBy: 'COPY . .',
      files: [{ path: 'app/node_modules/left/package.json', content: JSON.stringify({ name: 'left', version: '1.0.0' }) }],
    },
  ],
});
async function* records(): AsyncGenerator<AdvisoryRecord> {
  for (const id of ['CVE-2099-1', 'CVE-2099-2'])
    yield { kind: 'advisory', advisory: buildAdvisory(id, [{ ranges: [{}] }], { opinions: [{ source: 'x', severity: 'high' }] }) };
}
const statement = (more: object) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  author: 'Shop',
  statements: [{ vulnerability: { name: 'CVE-2099-1' }, status: 'not_affected', justification: 'component_not_present', ...more }],
});

async function opened(options: { readonly vexFromImage?: boolean; readonly attach?: (registry: MemoryRegistry) => void } = {}) {
  const registry = await startMemoryRegistry();
  registry.push('shop/app', '1', app);
  options.attach?.(registry);
  const workspace = openWorkspace({
    dataDir: folder,
    cacheDir: folder,
    exceptions: () => loadExceptions({ folder: path.join(folder, 'work') }),
    vexFromImage: options.vexFromImage === true,
  });
  await workspace.advisories.replace(
    { id: 'osv', title: 'OSV', license: 'x', sample: false },
    { fingerprint: '1', updated: clock },
    records(),
  );
  const inventory = await workspace.index(`${registry.host}/shop/app:1`, {}, context);
  const result = () => {
    const { counts, fixable, matches, diagnostics, layers } = workspace.assess(inventory, context);
    return {
      high: counts.high,
      fixable,
      ofLayer: layers[0]?.added.high,
      suppressed: matches.filter(({ suppressed }) => suppressed).map(({ id, suppressed }) => `${id} ${suppressed?.by}`),
      said: diagnostics.map(({ code }) => code),
    };
  };
  return {
    workspace,
    inventory,
    result,
    async [Symbol.asyncDispose]() {
      workspace[Symbol.dispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}
const write = (text: string) => writeFileSync(path.join(folder, 'work/.plimsoll.yaml'), text);

describe('a report', () => {
  it('leaves out of every count what a rule suppresses, and keeps it in the list', async () => {
    write('exceptions: [{ vulnerability: CVE-2099-1, package: left, reason: never called }]');
    await using one = await opened();
    expect(one.result()).toEqual({ high: 1, fixable: 0, ofLayer: 1, suppressed: ['CVE-2099-1 rule'], said: [] });
    const told = one.workspace.explain(one.inventory, { package: 'left', id: 'CVE-2099-1' }, context);
    expect(told.packages[0]).toMatchObject({ verdict: 'suppressed', match: { suppressed: { reason: 'never called' } } });
  });

  it('counts it again on the day after the rule’s last, without being opened anew', async () => {
    write('exceptions: [{ vulnerability: CVE-2099-1, reason: never called, expires: 2026-06-01 }]');
    await using one = await opened();
    expect(one.result()).toMatchObject({ high: 1, suppressed: ['CVE-2099-1 rule'] });
    clock = '2026-06-02T00:00:00Z';
    expect(one.result()).toMatchObject({ high: 2, suppressed: [], said: ['EXCEPTION_EXPIRED'] });
  });

  it('says which rule fits nothing', async () => {
    write('exceptions: [{ vulnerability: CVE-2099-7, reason: gone }]');
    await using one = await opened();
    expect(one.result()).toMatchObject({ high: 2, said: ['EXCEPTION_UNUSED'] });
  });

  it('is not made where the rules cannot be read', async () => {
    write('exceptions: [{ vulnerability: CVE-2099-1 }]');
    await using one = await opened();
    expect(one.result).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  });
});

describe('VEX that is attached to an image', () => {
  const attach = (content: object) => (registry: MemoryRegistry) =>
    void registry.attach('shop/app', app.digest, {
      artifactType: 'application/vnd.in-toto+json',
      content,
      annotations: { 'in-toto.io/predicate-type': 'https://openvex.dev/ns/v0.2.0' },
    });
  const attested = (predicate: object) => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: app.digest.slice(7) } }],
    predicateType: 'https://openvex.dev/ns/v0.2.0',
    predicate,
  });

  it('is not believed unasked', async () => {
    await using one = await opened({ attach: attach(attested(statement({}))) });
    expect(one.result()).toMatchObject({ high: 2, suppressed: [], said: [] });
  });

  it('is of that image where it names no product, and is told from what others say', async () => {
    await using one = await opened({ vexFromImage: true, attach: attach(attested(statement({}))) });
    expect(one.result()).toMatchObject({ high: 1, suppressed: ['CVE-2099-1 vex'] });
  });

  it('fits as documents that are named do', async () => {
    const products = [{ '@id': 'pkg:oci/other', subcomponents: [{ '@id': 'pkg:npm/left' }] }];
    await using one = await opened({ vexFromImage: true, attach: attach(attested(statement({ products }))) });
    expect(one.result()).toMatchObject({ high: 2, suppressed: [] });
  });

  it('is said where it cannot be read', async () => {
    await using one = await opened({
      vexFromImage: true,
      attach: attach(attested({ '@context': 'https://openvex.dev/ns', statements: 7 })),
    });
    expect(one.result()).toMatchObject({ high: 2, said: ['VEX_UNREADABLE'] });
  });
});
