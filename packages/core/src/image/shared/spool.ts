import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '../../util/errors.ts';

/** Bytes of a temporary file past which what is written to it is called hostile. */
export const MAX_SPOOL = 64 * 1024 ** 3;

/** A file of our own that goes when it is no longer needed. */
export interface Spool {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Writes a stream to a temporary file that only this user may read. Nothing stays where it fails. Throws `LIMIT_EXCEEDED` past `most` bytes, and
 * what the stream throws.
 */
export async function spool(
  input: AsyncIterable<Uint8Array>,
  { kind, what, most = MAX_SPOOL }: { readonly kind: 'archive' | 'local'; readonly what: string; readonly most?: number },
): Promise<Spool> {
  const folder = await mkdtemp(path.join(tmpdir(), `plimsoll-${kind}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, 'archive.tar');
  try {
    const handle = await open(file, 'wx');
    try {
      let size = 0;
      for await (const chunk of input) {
        size += chunk.length;
        if (size > most) throw new AppError('LIMIT_EXCEEDED', `${what} has more than ${most} bytes`);
        await handle.writeFile(chunk);
      }
    } finally {
      await handle.close();
    }
    return { file, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
