import { createRuns } from './runs.ts';
import type { ZipSource } from './zip.ts';

/** What to keep of a zip that passes. */
export interface SieveOptions {
  /** For messages. */
  readonly what: string;
  /** Bytes it will have. */
  readonly size: number;
  /** Bytes that may be held. */
  readonly maxKept: number;
  /** Whether a file will be read. */
  wants(name: string): boolean;
  /** Whether a file is a zip itself, and will be: one that is stored is sieved in its turn. */
  isZip(name: string): boolean;
  /** Makes less of a deflated zip that has passed: what is wanted of it. Undefined where it is to be held as it is. */
  reduce?(packed: Uint8Array, name: string): ZipSource | undefined;
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DESCRIPTOR = 0x08074b50;
const MARK = Buffer.from('PK');
const FULL = 0xffffffff;
/** A descriptor has so many bytes at most, and stands before the next header. */
const DESCRIPTOR_BYTES = 24;

/** `begin`: the byte of the zip at which a body of unknown length begins. */
type State =
  | { readonly kind: 'mark' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'keep' | 'drop'; left: number }
  | { readonly kind: 'seek'; readonly begin: number; readonly keep: boolean };

/**
 * Takes a zip as it passes and holds its directory and the files that are wanted, so that it can be read as if it were there. What to hold is
 * decided by the headers before the files; what to read, later, by the directory: where the two disagree, bytes are missing, and reading
 * throws `ARCHIVE_UNREADABLE`. `push` throws `LIMIT_EXCEEDED`.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function createZipSieve(options: SieveOptions): { push(chunk: Uint8Array): void; end(): ZipSource } {
  const runs = createRuns(options);
  const inflated = new Map<number, ZipSource>();
  let state: State = { kind: 'mark' };
  let deflated: { readonly name: string; readonly header: number; readonly body: number } | undefined; // a zip that passes
  let scratch: Buffer = Buffer.alloc(0); // begins with what the last piece left; used again, since a large file has many pieces
  let rest = 0;
  let begin = 0; // the byte of the zip that comes next

  return {
    push(chunk) {
      const data = join(chunk);
      let at = 0;
      for (let next = -1; next !== at; ) {
        if (next !== -1) at = next;
        next = step(data, at);
      }
      rest = data.length - at;
      begin += at;
      if (scratch.length < rest) scratch = Buffer.allocUnsafeSlow(rest);
      data.copy(scratch, 0, at);
    },
    end: () => ({ ...runs.source(), inflated: (position) => inflated.get(position) }),
  };

  function join(chunk: Uint8Array): Buffer {
    if (rest === 0) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const length = rest + chunk.length;
    if (scratch.length < length) {
      const larger = Buffer.allocUnsafeSlow(length);
      scratch.copy(larger, 0, 0, rest);
      scratch = larger;
    }
    scratch.set(chunk, rest);
    return scratch.subarray(0, length);
  }

  /** Goes on from `at`; the same place where more bytes are needed. */
  function step(data: Buffer, at: number): number {
    if (state.kind === 'mark') return readMark(data, at);
    if (state.kind === 'lost') return find(data, at);
    if (state.kind === 'seek') return seek(data, at, state);
    if (state.left === 0) {
      endBody();
      return readMark(data, at);
    }
    const taken = Math.min(state.left, data.length - at);
    if (state.kind === 'keep') runs.add(begin + at, data.subarray(at, at + taken));
    state.left -= taken;
    return at + taken;
  }

  function readMark(data: Buffer, at: number): number {
    const there = data.length - at;
    if (there < 4) return at;
    const mark = data.readUInt32LE(at);
    if (mark === LOCAL) return readLocal(data, at);
    const length = lengthOf(data, at, mark);
    if (length === 0) return at;
    if (length === -1) {
      state = { kind: 'lost' };
      return at + 1;
    }
    runs.reserve(begin + at, length);
    state = { kind: 'keep', left: length };
    return step(data, at);
  }

  /** Length of a record that is always kept; 0 where more bytes are needed to know it, -1 of anything else. */
  function lengthOf(data: Buffer, at: number, mark: number): number {
    const there = data.length - at;
    if (mark === ENTRY) return there < 46 ? 0 : 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    if (mark === END) return there < 22 ? 0 : 22 + data.readUInt16LE(at + 20);
    if (mark === END_64) return 56;
    return mark === LOCATOR_64 ? 20 : -1;
  }

  function readLocal(data: Buffer, at: number): number {
    const there = data.length - at;
    if (there < 30) return at;
    const nameEnd = at + 30 + data.readUInt16LE(at + 26);
    const end = nameEnd + data.readUInt16LE(at + 28);
    if (data.length < end) return at;
    const name = data.toString('utf8', at + 30, nameEnd);
    const isZip = options.isZip(name);
    const keep = isZip || options.wants(name);
    const packed = packedOf(data, at, nameEnd, end);
    if (keep) {
      runs.reserve(begin + at, end - at + (packed ?? 0));
      runs.add(begin + at, data.subarray(at, end));
    }
    if (isZip && data.readUInt16LE(at + 8) === 0) return end; // its own headers follow
    if (isZip) deflated = { name, header: begin + at, body: begin + end };
    state = packed === undefined ? { kind: 'seek', begin: begin + end, keep } : { kind: keep ? 'keep' : 'drop', left: packed };
    return end;
  }

  /** The end of a body whose length stands in a descriptor behind it: where a header follows one that tells just that length. */
  function seek(data: Buffer, at: number, { begin: body, keep }: Extract<State, { readonly kind: 'seek' }>): number {
    const first = begin + at === body ? at : at + DESCRIPTOR_BYTES;
    let end = Math.max(at, data.length - DESCRIPTOR_BYTES - 3);
    let isOver = false;
    for (let place = data.indexOf(MARK, first); place !== -1 && place + 4 <= data.length; place = data.indexOf(MARK, place + 1)) {
      const mark = data.readUInt32LE(place);
      if ((mark !== LOCAL && mark !== ENTRY) || !isDescribed(data, place, begin + place - body)) continue;
      isOver = true;
      end = place;
      break;
    }
    if (keep) runs.add(begin + at, data.subarray(at, end));
    if (isOver) endBody();
    return end;
  }

  function endBody(): void {
    state = { kind: 'mark' };
    if (!deflated) return;
    const { name, header, body } = deflated;
    deflated = undefined;
    const less = options.reduce?.(runs.last(body), name);
    if (!less) return;
    inflated.set(header, less);
    runs.cut(body);
  }

  /** The next header, behind what is none: a script in front, padding, a signature. */
  function find(data: Buffer, at: number): number {
    for (let place = data.indexOf(MARK, at); place !== -1 && place + 4 <= data.length; place = data.indexOf(MARK, place + 1)) {
      const mark = data.readUInt32LE(place);
      if (mark !== LOCAL && mark !== ENTRY && mark !== END && mark !== END_64 && mark !== LOCATOR_64) continue;
      state = { kind: 'mark' };
      return place === at ? readMark(data, at) : place;
    }
    return Math.max(at, data.length - 3);
  }
}

/** Bytes of a body; undefined where its header does not tell. */
function packedOf(data: Buffer, at: number, nameEnd: number, end: number): number | undefined {
  const streamed = (data.readUInt16LE(at + 6) & 8) !== 0;
  let packed = data.readUInt32LE(at + 18);
  if (packed === FULL) {
    for (let field = nameEnd; field + 20 <= end; field += 4 + data.readUInt16LE(field + 2)) {
      if (data.readUInt16LE(field) === 1) packed = Number(data.readBigUInt64LE(field + 12));
    }
  }
  return packed === FULL || (streamed && packed === 0) ? undefined : packed;
}

/** Whether the bytes before a place are a descriptor of a body that fills the `distance` to it: with or without its mark, short or long. */
function isDescribed(data: Buffer, place: number, distance: number): boolean {
  const long = (back: number) => Number(data.readBigUInt64LE(place - back));
  const marked = (back: number) => distance >= back && data.readUInt32LE(place - back) === DESCRIPTOR;
  if (marked(16) && data.readUInt32LE(place - 8) === distance - 16) return true;
  if (marked(24) && long(16) === distance - 24) return true;
  return (distance >= 12 && data.readUInt32LE(place - 8) === distance - 12) || (distance >= 20 && long(16) === distance - 20);
}
