import { parentPort } from 'node:worker_threads';
import type { Digest } from '@plimsoll/model';
import type { FileRange } from '../image/types.ts';
import { readRange } from '../util/bytes.ts';
import { isAppError, messageOf } from '../util/errors.ts';
import type { LayerLimits } from './limits.ts';
import type { LayerReply } from './pool.ts';
import { readLayer } from './read-layer.ts';

/** One layer to read: posted to the thread. */
export interface LayerTask {
  readonly id: number;
  readonly range: FileRange;
  readonly digest: Digest;
  readonly diffId: Digest;
  readonly limits: LayerLimits;
}

parentPort?.on('message', async ({ id, range, digest, diffId, limits }: LayerTask) => {
  const reply = await readLayer(readRange(range.file, range.offset, range.length), { digest, diffId }, limits).then(
    (facts): LayerReply => ({ id, facts }),
    (error: unknown): LayerReply => ({
      id,
      fault: { message: messageOf(error), ...(isAppError(error) && { code: error.code, ...(error.hint && { hint: error.hint }) }) },
    }),
  );
  parentPort?.postMessage(reply);
});
