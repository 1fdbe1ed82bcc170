import { describe, expect, it } from 'vitest';
import { FACTS, image, indexOf } from '../../shared/image.fixture.ts';
import { annotation } from './index.ts';

const NAME = 'org.opencontainers.image.base.name';
const debian = image('debian:12', ['rootfs']);
const mine = (annotations: Record<string, string>, labels: Record<string, string> = {}) =>
  image('mine:1', ['rootfs', 'app'], { annotations, config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels } });

describe('annotation', () => {
  it('verifies a stated base by its layers', () => {
    expect(annotation.detect(mine({ [NAME]: 'docker.io/library/debian:12' }), indexOf(debian), FACTS)).toMatchObject([
      { confidence: 'verified', layerCount: 1, statedName: 'debian:12' },
    ]);
  });

  it('reads labels too', () => {
    expect(annotation.detect(mine({}, { [NAME]: 'debian:12' }), indexOf(debian), FACTS)).toMatchObject([{ confidence: 'verified' }]);
  });

  it('only repeats what is stated where the image is not known', () => {
    expect(annotation.detect(mine({ [NAME]: 'debian:12' }), indexOf(), FACTS)).toMatchObject([
      { confidence: 'stated', layerCount: 0, records: [] },
    ]);
  });

  it('does not believe a name whose layers are others', () => {
    expect(annotation.detect(mine({ [NAME]: 'debian:12' }), indexOf(image('debian:12', ['another rootfs'])), FACTS)).toEqual([]);
  });

  it('says nothing where nothing is stated', () => {
    expect(annotation.detect(mine({}), indexOf(debian), FACTS)).toEqual([]);
  });
});
