// What each layer of an image brought. Needs no database: the inventory depends on the image alone.
// usage: packages-by-layer.ts IMAGE [REF]
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createContext, createLayerCache, indexImage, openImage } from '@plimsoll/core';

const [input = '', ref] = process.argv.slice(2);
const context = createContext({ env: process.env });
const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-example-'));

try {
  await using image = await openImage(input, ref === undefined ? {} : { ref }, context);
  const { packages } = await indexImage(image, { cache: createLayerCache(folder), context });
  for (const layer of image.description.layers) {
    const brought = packages.filter(({ introducedIn }) => introducedIn === layer.index);
    if (brought.length > 0) console.log(`layer ${layer.index}: ${brought.map(({ name, version }) => `${name} ${version}`).join(', ')}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
