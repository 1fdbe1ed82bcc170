import { type Digest, shortDigest } from '@plimsoll/model';
import { decompress } from '../tar/decompress.ts';
import { createTarReader } from '../tar/reader.ts';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import { algorithmOf, createHasher } from '../util/hash.ts';
import { createCollector } from './collector.ts';
import { type LayerLimits, layerLimits } from './limits.ts';
import type { LayerFacts } from './types.ts';

const RATIO_GRACE = 64 * 1024 * 1024;

/**
 * Reads a layer once, as a stream: stored bytes are hashed, inflated, hashed again, walked, and the files that catalogers claim are read.
 * Throws `BLOB_DIGEST_MISMATCH`, `LAYER_DIFFID_MISMATCH`, `LAYER_UNREADABLE`, `LIMIT_EXCEEDED`, naming the layer.
 */
export async function readLayer(
  stored: AsyncIterable<Uint8Array>,
  expected: { readonly digest: Digest; readonly diffId: Digest; readonly live?: boolean },
  limits: LayerLimits = layerLimits(),
): Promise<LayerFacts> {
  const storedHash = createHasher(algorithmOf(expected.digest));
  const tarHash = createHasher(algorithmOf(expected.diffId));
  const collector = createCollector(limits);
  const reader = createTarReader(collector.sink, { maxEntries: limits.maxEntries });
  const started = performance.now();
  let storedBytes = 0;
  let tarBytes = 0;
  try {
    for await (const chunk of decompress(hashed())) {
      tarBytes += chunk.length;
      checkLimits();
      tarHash.update(chunk);
      reader.push(chunk);
    }
    reader.finish();
  } catch (cause) {
    const code = isAppError(cause) && cause.code !== 'TAR_INVALID' ? cause.code : 'LAYER_UNREADABLE';
    const hint = code === 'LIMIT_EXCEEDED' ? 'if the image is to be trusted, raise the limit: PLIMSOLL_MAX_LAYER_*' : undefined;
    throw new AppError(code, `reading the layer ${shortDigest(expected.digest)}: ${messageOf(cause)}`, { cause, ...(hint && { hint }) });
  }
  const facts = (): LayerFacts => ({ diffId: expected.diffId, tarBytes, ...collector.facts() });
  const isStored = storedHash.digest() === expected.digest;
  if (!isStored && expected.live) {
    const message = 'the folder changed while it was read: what is told of it may be neither what it was nor what it is';
    const read = facts();
    return { ...read, changed: true, diagnostics: [...read.diagnostics, { code: 'FOLDER_CHANGED', message, author: 'layer' }] };
  }
  if (!isStored) {
    throw new AppError('BLOB_DIGEST_MISMATCH', `the layer ${shortDigest(expected.digest)} is not what its digest says`, {
      hint: 'was it copied in full?',
    });
  }
  if (tarHash.digest() !== expected.diffId) {
    throw new AppError('LAYER_DIFFID_MISMATCH', `the layer ${shortDigest(expected.digest)} does not hold what the image config says`);
  }
  return facts();

  function checkLimits(): void {
    const { maxTarBytes, maxRatio, maxSeconds } = limits;
    if (tarBytes > maxTarBytes) throw new AppError('LIMIT_EXCEEDED', `it inflates to more than ${maxTarBytes} bytes`);
    if (tarBytes > RATIO_GRACE && tarBytes > storedBytes * maxRatio) {
      throw new AppError('LIMIT_EXCEEDED', `it inflates to more than ${maxRatio} times its size`);
    }
    if (performance.now() - started > maxSeconds * 1000) throw new AppError('LIMIT_EXCEEDED', `it takes more than ${maxSeconds} s`);
  }

  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stored) {
      storedBytes += chunk.length;
      storedHash.update(chunk);
      yield chunk;
    }
  }
}
