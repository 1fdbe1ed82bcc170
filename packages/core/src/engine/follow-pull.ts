import { z } from 'zod';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError, messageOf } from '../util/errors.ts';

/** One line of a pull's progress. */
const lineSchema = z.object({
  status: z.string().nullish(),
  id: z.string().nullish(),
  progressDetail: z.object({ current: z.number().nullish(), total: z.number().nullish() }).nullish(),
  error: z.string().nullish(),
  errorDetail: z.object({ message: z.string().nullish() }).nullish(),
});

const MAX_LINE = 1024 * 1024;
/** What Docker's last line says of a pull that succeeded; where it says another thing, the answer ended too early. */
export const DOCKER_DONE = /^Status: (?:Downloaded newer image|Image is up to date)/;
/** What Podman's says, which Docker says of each layer. */
export const PODMAN_DONE = /^(?:Status: .*|Download complete)$/;

/**
 * Reads the progress of a pull, line by line, to its end. https://docs.docker.com/reference/api/engine/ (ImageCreate)
 * Throws `ENGINE_PULL_FAILED` with the engine's words, also where its answer breaks off; `CANCELLED`.
 */
export async function followPull(name: string, body: AsyncIterable<Uint8Array>, done: RegExp, context: Context): Promise<void> {
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  let isDone = false;
  const fail = (words: string, cause?: unknown) =>
    new AppError('ENGINE_PULL_FAILED', `pulling ${name} failed: ${words}`, {
      ...(cause !== undefined && { cause }),
      hint: 'try again; the old image is untouched',
    });
  try {
    for await (const line of linesOf(body)) {
      throwIfCancelled(context);
      const { status, id, progressDetail, error, errorDetail } = line;
      const words = errorDetail?.message ?? error;
      if (words) throw fail(words.slice(0, 500));
      isDone = done.test(status ?? '');
      const total = progressDetail?.total ?? 0;
      if (id && status === 'Downloading' && total > 0) layers.set(id, { current: Math.min(progressDetail?.current ?? 0, total), total });
      if (id && (status === 'Download complete' || status === 'Pull complete')) {
        const known = layers.get(id);
        if (known) layers.set(id, { ...known, current: known.total });
      }
      context.progress({ step: stepOf(name, layers), ...doneOf(layers) });
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throwIfCancelled(context);
    throw fail(`the engine broke off: ${messageOf(cause)}`, cause);
  }
  throwIfCancelled(context);
  if (!isDone) throw fail('the engine ended before it was done');
}

type Layers = ReadonlyMap<string, { readonly current: number; readonly total: number }>;

function sumOf(layers: Layers): { readonly current: number; readonly total: number } {
  const all = [...layers.values()];
  return { current: all.reduce((sum, { current }) => sum + current, 0), total: all.reduce((sum, { total }) => sum + total, 0) };
}

function stepOf(name: string, layers: Layers): string {
  const { current, total } = sumOf(layers);
  return total === 0 ? `pulling ${name}` : `pulling ${name}: ${megabytes(current)} of ${megabytes(total)}`;
}

function doneOf(layers: Layers): { readonly done?: number } {
  const { current, total } = sumOf(layers);
  return total === 0 ? {} : { done: current / total };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<z.infer<typeof lineSchema>> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new Error('a line has no end');
    for (const line of lines) if (line.trim() !== '') yield lineSchema.parse(JSON.parse(line));
  }
  if (rest.trim() !== '') yield lineSchema.parse(JSON.parse(rest));
}
