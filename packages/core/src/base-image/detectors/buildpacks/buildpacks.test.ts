import { describe, expect, it } from 'vitest';
import { FACTS, image, indexOf } from '../../shared/image.fixture.ts';
import { buildpacks } from './index.ts';

const run = image('paketo/run:base', ['rootfs', 'ca']);
const topLayer = run.layers[1]?.diffId;
function built(metadata: unknown) {
  const labels = { 'io.buildpacks.lifecycle.metadata': typeof metadata === 'string' ? metadata : JSON.stringify(metadata) };
  return image('app:1', ['rootfs', 'ca', 'jre', 'app'], { config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels } });
}
const detect = (metadata: unknown, ...known: (typeof run)[]) => buildpacks.detect(built(metadata), indexOf(...known), FACTS);

describe('buildpacks', () => {
  it.each([
    ['runImage', { runImage: { topLayer, image: 'paketo/run:base', reference: `paketo/run@${run.digest}` } }],
    ['stack', { runImage: { topLayer }, stack: { runImage: { image: 'paketo/run:base' } } }],
    ['a mirror', { runImage: { topLayer, image: 'other/run:1', mirrors: ['paketo/run:base'] } }],
  ])('verifies the run image of %s by its layers', (_, metadata) => {
    expect(detect(metadata, run)).toMatchObject([{ layerCount: 2, confidence: 'verified', records: [{ name: 'paketo/run:base' }] }]);
  });

  it('knows its layers where the image is not known', () => {
    expect(detect({ runImage: { topLayer, image: 'paketo/run:base' } })).toMatchObject([
      { layerCount: 2, confidence: 'stated', statedName: 'paketo/run:base', records: [] },
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', { runImage: 7 }],
    ['no name', { runImage: { topLayer } }],
  ])('says nothing of %s', (_, metadata) => {
    expect(detect(metadata, run)).toEqual([]);
  });
});
