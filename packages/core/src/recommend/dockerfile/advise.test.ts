import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { addAfterBase } from './add-upgrades.ts';
import { adviseDockerfile } from './advise.ts';
import { mapLayers } from './map-layers.ts';
import { readDockerfile } from './read.ts';

const { rich } = standardReports;
const text = [
  'FROM node:18 AS build',
  'RUN npm ci',
  'FROM python:3.9-slim',
  'WORKDIR /app',
  'COPY --from=build node_modules ./node_modules',
  'RUN apt-get install -y \\',
  '    --only-upgrade libssl1.1',
  'RUN rm -rf node_modules/minimist',
  'USER app',
  '',
].join('\n');

describe('a Dockerfile and the image made from it', () => {
  const advice = adviseDockerfile(rich, { text, file: 'app/Dockerfile', pin: false });

  it('says which line made which layer, and what it brought', () => {
    const lines = Object.fromEntries(advice.lines.map(({ lines: [first], layers }) => [first, layers]));
    expect(lines).toEqual({ 3: [0, 1, 2, 3], 4: [], 5: [4], 6: [5], 8: [6], 9: [7] });
    const counts = advice.lines.find(({ lines: [first] }) => first === 5)?.counts;
    expect(counts).toEqual(rich.layers[4]?.added);
    expect(advice.notes).toEqual([]);
  });

  it('shows each recommendation as a change', () => {
    const [refresh, change, upgrade] = advice.changes;
    expect(refresh).toMatchObject({ title: 'refresh python:3.9-slim', diff: '', text });
    expect(refresh?.notes[0]).toContain('--pull');
    expect(change?.title).toBe('change python:3.9-slim to python:3.9-alpine');
    expect(change?.diff).toContain('--- a/app/Dockerfile\n+++ b/app/Dockerfile\n');
    expect(change?.diff).toContain('-FROM python:3.9-slim\n+FROM python:3.9-alpine\n');
    expect(upgrade).toMatchObject({ title: 'upgrade 1 npm package', diff: '', notes: ['in the application: npm install lodash@4.17.21'] });
  });

  it('says where file and image do not fit', () => {
    const { notes, lines } = adviseDockerfile(rich, { text: 'FROM perl:5\nRUN cpan x\n', file: 'Dockerfile', pin: false });
    expect(notes).toEqual([
      expect.stringContaining('does not fit'),
      expect.stringContaining('stands on perl:5, the image on python:3.9-slim'),
    ]);
    expect(lines).toHaveLength(2);
  });

  it('says that a file is none', () => {
    expect(adviseDockerfile(rich, { text: 'hello', file: 'x', pin: false })).toMatchObject({
      lines: [],
      changes: [],
      notes: ['x has no FROM: it is no Dockerfile'],
    });
  });
});

describe('layers of old builders', () => {
  it('are found by kind and order where the history keeps a checksum alone', () => {
    const history = [
      '/bin/sh -c #(nop) ADD file:0b in / ',
      '/bin/sh -c #(nop) COPY file:abc in /a ',
      '/bin/sh -c make',
      '/bin/sh -c #(nop) COPY dir:def in /b ',
    ];
    const layers = history.map((createdBy, index) => ({ index, createdBy, emptyLayer: false }));
    const { mapped, fits } = mapLayers(readDockerfile('FROM x\nCOPY a /a\nRUN make\nCOPY b /b\n'), { ...rich.inventory.image, layers }, 1);
    expect(mapped.map(({ layers: found }) => found)).toEqual([[0], [1], [2], [3]]);
    expect(fits).toBe(true);
  });
});

describe('upgrades in a Dockerfile', () => {
  it('stand behind the base of the last stage', () => {
    expect(addAfterBase('FROM a AS x\nRUN 1\nFROM b\nFROM x\nRUN 2\n', ['RUN up'], undefined)).toBe(
      'FROM a AS x\nRUN up\nRUN 1\nFROM b\nFROM x\nRUN 2\n',
    );
  });

  it('are done by root, and give the user back', () => {
    expect(addAfterBase('FROM a', ['RUN up'], 'app')).toBe('FROM a\nUSER root\nRUN up\nUSER app\n');
  });
});
