import { describe, expect, it } from 'vitest';
import { FACTS, image, indexOf } from '../../shared/image.fixture.ts';
import { provenance } from './index.ts';
import { parseMaterial } from './parse.ts';

const node = image('node_18-alpine', ['rootfs', 'node']);
const builder = image('golang:1.22', ['go rootfs']);
const built = (...materials: readonly string[]) =>
  image('mine:1', ['rootfs', 'node', 'app'], { provenance: { materials: materials.map((uri) => ({ uri })) } });

describe('provenance', () => {
  it('verifies the base by its layers and passes over other stages', () => {
    const mine = built('pkg:docker/golang@1.22', 'pkg:docker/node@18-alpine?platform=linux%2Famd64');
    expect(provenance.detect(mine, indexOf(node, builder), FACTS)).toMatchObject([
      { confidence: 'verified', layerCount: 2, statedName: 'node:18-alpine' },
    ]);
  });

  it('finds it by digest, whatever it is called here', () => {
    const mine = image('mine:1', ['rootfs', 'node', 'app'], {
      provenance: { materials: [{ uri: 'pkg:docker/renamed@1', digest: node.digest }] },
    });
    expect(provenance.detect(mine, indexOf(node), FACTS)).toMatchObject([{ confidence: 'verified' }]);
  });

  it.each([
    ['one image that is not known is repeated', ['pkg:docker/node@18-alpine'], ['stated']],
    ['of two that are not known none is named', ['pkg:docker/node@18-alpine', 'pkg:docker/golang@1.22'], []],
    ['sources are no images', ['git+https://example.org/x'], []],
  ])('%s', (_name, materials, confidences) => {
    expect(provenance.detect(built(...materials), indexOf(), FACTS).map(({ confidence }) => confidence)).toEqual(confidences);
  });

  it.each([
    ['pkg:docker/python@3.9-slim?platform=linux%2Famd64', 'python:3.9-slim'],
    ['pkg:docker/registry.local/team/base@1.2', 'registry.local/team/base:1.2'],
    ['pkg:docker/python', 'python'],
    ['pkg:npm/python@1', undefined],
    ['pkg:docker/%', undefined],
  ])('reads %s', (uri, name) => {
    expect(parseMaterial({ uri })?.name).toBe(name);
  });
});
