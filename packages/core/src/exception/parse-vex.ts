import { AppError } from '../util/errors.ts';
import { vexReaders } from './registry.ts';
import type { VexDocument, VexReader } from './types.ts';

/** Reads a VEX document of any format that is known. Throws `VEX_UNREADABLE`. */
export function parseVex(text: string, name: string): VexDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('VEX_UNREADABLE', `${name} is no JSON`, { cause });
  }
  return readVex(value, name);
}

/** As {@link parseVex}, of a document that was parsed. */
export function readVex(value: unknown, name: string): VexDocument {
  const reader: VexReader | undefined = vexReaders.find((candidate) => candidate.recognises(value));
  if (!reader) {
    const known = vexReaders.map(({ title }) => title).join(', ');
    throw new AppError('VEX_UNREADABLE', `${name} is no VEX document that is known`, { hint: `there are ${known}` });
  }
  try {
    return { name, ...reader.read(value) };
  } catch (cause) {
    throw new AppError('VEX_UNREADABLE', `${name} is not what ${reader.title} says`, { cause });
  }
}
