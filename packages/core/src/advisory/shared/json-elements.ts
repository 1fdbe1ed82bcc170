import { AppError } from '../../util/errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
/** A name of the outermost object that is longer is none that is asked for. */
const MAX_NAME = 64;

/**
 * The objects of one array of a JSON object, each as the bytes it is written in, without reading the rest: documents of hundreds of MB are held
 * one element at a time. `{"total": 2, "key": [{...}, {...}]}` gives two. Throws `ADVISORY_UNREADABLE` where the array is not there or the
 * document ends within it, `LIMIT_EXCEEDED` past `limit` bytes of an element.
 */
export async function* jsonElements(
  input: AsyncIterable<Uint8Array>,
  key: string,
  { limit, what }: { readonly limit: number; readonly what: string },
): AsyncGenerator<Uint8Array> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let name = '';
  let inArray = false;
  let found = false;
  /** Bytes of the element so far that lie in chunks before this one. */
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    let start = inArray && depth > 2 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        else if (depth === 1 && name.length < MAX_NAME) name += String.fromCharCode(byte ?? 0);
      } else if (byte === QUOTE) {
        inString = true;
        if (depth === 1) name = '';
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth += 1;
        if (depth === 2 && byte === OPEN_ARRAY && name === key) {
          inArray = true;
          found = true;
        } else if (inArray && depth === 3) start = at;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (!inArray) continue;
        if (depth === 2) {
          yield Buffer.concat([...parts, chunk.subarray(start, at + 1)]);
          parts = [];
          size = 0;
          start = -1;
        } else if (depth === 1) inArray = false;
      }
    }
    if (start === -1) continue;
    size += chunk.length - start;
    if (size > limit) throw new AppError('LIMIT_EXCEEDED', `a record of ${what} is larger than ${limit} bytes`);
    parts.push(chunk.slice(start));
  }
  if (!found) throw new AppError('ADVISORY_UNREADABLE', `${what} has no ${key}`);
  if (depth !== 0) throw new AppError('ADVISORY_UNREADABLE', `${what} is cut off`);
}
