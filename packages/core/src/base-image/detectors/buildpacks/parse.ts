import { type Digest, isDigest } from '@plimsoll/model';
import { z } from 'zod';

/** The label the lifecycle writes. */
export const LABEL = 'io.buildpacks.lifecycle.metadata';
const MAX_LABEL = 4 * 1024 * 1024;

const image = z.object({ image: z.string().max(1024).nullish(), mirrors: z.array(z.string().max(1024)).max(100).nullish() });
const schema = z.object({
  runImage: image.extend({ topLayer: z.string().nullish(), reference: z.string().max(1024).nullish() }).nullish(),
  stack: z.object({ runImage: image.nullish() }).nullish(),
});

/** What the label says of the run image; undefined where it says nothing that can be read. */
export interface RunImage {
  /** The name first, then its mirrors. */
  readonly names: readonly string[];
  readonly digest?: Digest;
  /** diffID of its last layer. */
  readonly topLayer?: string;
}

/** Reads the label's JSON. */
export function readLifecycle(label: string | undefined): RunImage | undefined {
  if (label === undefined || label.length > MAX_LABEL) return undefined;
  const read = schema.safeParse(parse(label));
  if (!read.success) return undefined;
  const { runImage, stack } = read.data;
  const digest = runImage?.reference?.split('@')[1];
  const named = [runImage, stack?.runImage].flatMap((found) => [found?.image, ...(found?.mirrors ?? [])]);
  return {
    names: [...new Set(named.filter((name): name is string => typeof name === 'string' && name !== ''))],
    ...(digest !== undefined && isDigest(digest) && { digest }),
    ...(runImage?.topLayer && { topLayer: runImage.topLayer }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
