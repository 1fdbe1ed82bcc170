import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Digest, ImageDescription, Layer } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findHierarchy } from '../../packages/core/src/base-image/hierarchy.ts';
import { historyDigests } from '../../packages/core/src/base-image/shared/chain.ts';
import type { NewBaseRecord } from '../../packages/core/src/base-image/types.ts';
import { chainsOf } from '../../packages/core/src/oci/chain-id.ts';
import { type BaseDatabase, openBaseDatabase } from '../../packages/core/src/store/base-database.ts';
import { baseQueries } from '../../packages/core/src/store/base-queries.data.ts';

const RECORDS = 250_000;
const platform = { os: 'linux', architecture: 'amd64' };
const config = { env: [], entrypoint: [], cmd: ['sh'], exposedPorts: [], labels: {} };
const sha256 = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Twelve layers with an empty one after each fourth. */
const layers: readonly Layer[] = Array.from({ length: 15 }, (_, index) => index).map((index): Layer => {
  if (index % 5 === 4) return { index, createdBy: `ENV ${index}`, emptyLayer: true };
  return {
    index,
    createdBy: `RUN ${index}`,
    emptyLayer: false,
    digest: sha256(`stored ${index}`),
    diffId: sha256(`diff ${index}`),
    size: 1000,
  };
});
const stored = layers.filter(({ emptyLayer }) => !emptyLayer);
const chain = chainsOf(layers, sha256);
const image: ImageDescription = {
  name: 'mine',
  source: 'registry',
  input: 'mine',
  aliases: [],
  digest: sha256('mine'),
  configDigest: sha256('mine config'),
  platform,
  platforms: [platform],
  size: 12_000,
  layers: layers.map((layer) => ({ ...layer, ...(!layer.emptyLayer && { chainId: chain.diff[stored.indexOf(layer)] as Digest }) })),
  historyReliable: true,
  config,
  annotations: {},
};

/** Records of 500 repositories with 100 tags of five digests each, every tenth digest under two tags; three more lie below the image. */
function* records(): Generator<NewBaseRecord> {
  for (let number = 0; number < RECORDS - 3; number += 1) {
    const repository = `library/base-${number % 500}`;
    const tag = `${Math.floor(number / 500) % 100}.0`;
    const content = number % 10 === 0 ? number : number - (number % 2);
    yield record(repository, tag, sha256(`${repository} ${number}`), content, {
      chainId: sha256(`diff chain ${content}`),
      chains: { stored: sha256(`stored chain ${content}`), 'diff+empty': sha256(`d+ ${content}`), 'stored+empty': sha256(`s+ ${content}`) },
    });
  }
  for (const [position, count] of [2, 5, 9].entries()) {
    const length = stored[count - 1]?.index ?? 0;
    yield {
      ...record(`library/base-${position}`, '1.0', sha256(`base ${count}`), RECORDS + count, {
        chainId: chain.diff[count - 1] as Digest,
        chains: {
          stored: chain.stored[count - 1] as Digest,
          'diff+empty': chain['diff+empty'][length] as Digest,
          'stored+empty': chain['stored+empty'][length] as Digest,
        },
      }),
      layerCount: count,
      history: { count: length + 1, digest: historyDigests(image)[length] as Digest },
    };
  }
}

function record(repository: string, tag: string, digest: Digest, content: number, chains: Pick<NewBaseRecord, 'chainId' | 'chains'>) {
  const created = new Date(Date.UTC(2020, 0, 1) + content * 600_000).toISOString();
  const name = `${repository}:${tag}`;
  const input = `docker.io/${repository}@${digest}`;
  return { name, repository, tag, digest, platform, created, size: 1, layerCount: 3, config, input, origin: 'added', ...chains } as const;
}

describe('a base index of 1,000,000 chain IDs', () => {
  let folder: string;
  let bases: BaseDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'base-index-'));
    bases = openBaseDatabase(path.join(folder, 'images.db'));
    const from = performance.now();
    bases.add([...records()], '2026-01-01T00:00:00Z', { pointed: true });
    console.log(`test/real/base-index: ${RECORDS} records written in ${((performance.now() - from) / 1000).toFixed(1)} s`);
  });
  afterAll(async () => {
    bases?.[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('holds as many', () => {
    using database = new DatabaseSync(path.join(folder, 'images.db'));
    expect(database.prepare('SELECT count(*) AS count FROM chain').get()?.count).toBe(4 * RECORDS);
    expect(database.prepare('SELECT count(DISTINCT chain_id) AS count FROM chain').get()?.count).toBeGreaterThan(RECORDS);
  });

  it('gives the hierarchy of an image of twelve layers', () => {
    const links = findHierarchy(image, bases);
    expect(links.map(({ candidates, layers: range }) => [candidates[0], range])).toEqual([
      ['library/base-0:1.0', [0, 1]],
      ['library/base-1:1.0', [2, 5]],
      ['library/base-2:1.0', [6, 10]],
      ['mine', [11, 14]],
    ]);
    const times = Array.from({ length: 50 }, () => {
      const from = performance.now();
      findHierarchy(image, bases);
      return performance.now() - from;
    }).sort((a, b) => a - b);
    console.log(`test/real/base-index: a hierarchy in ${times[25]?.toFixed(2)} ms (median of 50; slowest ${times[49]?.toFixed(2)} ms)`);
    expect(times[25]).toBeLessThan(100); // far above what is seen: the plans below are what is held
  });

  it('looks nothing up without an index', () => {
    using database = new DatabaseSync(path.join(folder, 'images.db'));
    for (const [name, sql] of Object.entries(baseQueries)) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      const steps = plan.map(({ detail }) => String(detail));
      expect(
        steps.filter((step) => step.startsWith('SCAN') && !step.startsWith('SCAN k VIRTUAL TABLE')),
        `${name}: ${steps.join('; ')}`,
      ).toEqual([]);
      expect(
        steps.some((step) => /^SEARCH .* USING (?:COVERING )?(?:INDEX|PRIMARY KEY|INTEGER PRIMARY KEY)/.test(step)),
        name,
      ).toBe(true);
    }
  });
});
