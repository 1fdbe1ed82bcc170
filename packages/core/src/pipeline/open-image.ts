import { connectEngine } from '../engine/connect.ts';
import { listImages as listFrom, openImage as openFrom } from '../image/open.ts';
import type { Image, Want } from '../image/types.ts';
import type { Context } from '../util/context.ts';

/** Opens an image as {@link openFrom} does, with the container engine of this machine lent to it. */
export function openImage(input: string, want: Want, context: Context): Promise<Image> {
  return openFrom(input, { engine: connectEngine, ...want }, context);
}

/** Lists images as {@link listFrom} does, with the container engine of this machine lent to it. */
export function listImages(input: string, context: Context): AsyncGenerator<Image> {
  return listFrom(input, context, { engine: connectEngine });
}
