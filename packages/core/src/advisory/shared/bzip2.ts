import { AppError } from '../../util/errors.ts';

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
/** Symbols of a Huffman group, and the longest code. */
const GROUP = 50;
const MAX_CODE = 20;

/**
 * Inflates bzip2, which Node's zlib has not, block by block; of each block the checksum is verified. Streams that follow on each other are
 * read as one. Throws `ADVISORY_UNREADABLE` where it is broken. https://en.wikipedia.org/wiki/Bzip2#File_format
 */
export function* bunzip2(packed: Uint8Array): Generator<Uint8Array> {
  const bits = createBits(packed);
  while (bits.bytesLeft() >= 4) {
    if (bits.read(24) !== 0x425a68) throw broken('it has no header');
    const level = bits.read(8) - 0x30;
    if (level < 1 || level > 9) throw broken('its level is none');
    const work = new Uint32Array(level * 100_000);
    for (;;) {
      const magic = bits.read(24) * 2 ** 24 + bits.read(24);
      const sum = bits.read(16) * 2 ** 16 + bits.read(16);
      if (magic === END_MAGIC) break;
      if (magic !== BLOCK_MAGIC) throw broken('a block has no header');
      const block = readBlock(bits, work);
      if (checksum(block) !== sum) throw broken('a block has a wrong checksum');
      yield block;
    }
    bits.align();
  }
}

type Bits = ReturnType<typeof createBits>;

function createBits(bytes: Uint8Array) {
  let at = 0;
  let held = 0; // up to 32 bits, of which the lowest `count` are still to be read
  let count = 0;
  return {
    /** At most 24 bits. */
    read(wanted: number): number {
      while (count < wanted) {
        const next = bytes[at++];
        if (next === undefined) throw broken('it stops in the middle');
        held = ((held << 8) | next) >>> 0;
        count += 8;
      }
      count -= wanted;
      return (held >>> count) & ((1 << wanted) - 1);
    },
    align: () => {
      count -= count % 8;
    },
    bytesLeft: () => bytes.length - at + Math.floor(count / 8),
  };
}

interface Table {
  readonly limits: Int32Array;
  readonly bases: Int32Array;
  readonly order: Uint16Array;
  readonly shortest: number;
}

function readBlock(bits: Bits, work: Uint32Array): Uint8Array {
  if (bits.read(1) === 1) throw broken('it is randomised, as no program writes since 1997');
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const { tables, selectors } = readTables(bits, symbols.length + 2);
  const { length, counts } = readMoves(bits, tables, selectors, symbols, work);
  if (origin >= length) throw broken('a block begins outside of itself');
  return unsort(work, length, counts, origin);
}

/** The bytes that are met in the block. */
function readSymbols(bits: Bits): Uint8Array {
  const used = bits.read(16);
  const symbols: number[] = [];
  for (let row = 0; row < 16; row += 1) {
    if (((used >> (15 - row)) & 1) === 0) continue;
    const part = bits.read(16);
    for (let column = 0; column < 16; column += 1) if ((part >> (15 - column)) & 1) symbols.push(row * 16 + column);
  }
  if (symbols.length === 0) throw broken('a block has no bytes');
  return Uint8Array.from(symbols);
}

function readTables(bits: Bits, alphabet: number): { readonly tables: readonly Table[]; readonly selectors: Uint8Array } {
  const groups = bits.read(3);
  const selectors = new Uint8Array(bits.read(15));
  if (groups < 2 || groups > 6 || selectors.length === 0) throw broken('a block has no codes');
  const recent = [0, 1, 2, 3, 4, 5];
  for (let i = 0; i < selectors.length; i += 1) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= groups) throw broken('a block names a code it has not');
    const [chosen = 0] = recent.splice(place, 1);
    recent.unshift(chosen);
    selectors[i] = chosen;
  }
  const tables: Table[] = [];
  for (let group = 0; group < groups; group += 1) {
    const lengths = new Uint8Array(alphabet);
    let length = bits.read(5);
    for (let symbol = 0; symbol < alphabet; symbol += 1) {
      while (bits.read(1) === 1) length += bits.read(1) === 1 ? -1 : 1;
      if (length < 1 || length > MAX_CODE) throw broken('a code is too long');
      lengths[symbol] = length;
    }
    tables.push(toTable(lengths));
  }
  return { tables, selectors };
}

/** Canonical Huffman: codes of one length are consecutive. */
function toTable(lengths: Uint8Array): Table {
  const limits = new Int32Array(MAX_CODE + 2).fill(-1);
  const bases = new Int32Array(MAX_CODE + 2);
  const order = new Uint16Array(lengths.length);
  const shortest = lengths.reduce((least, length) => Math.min(least, length), MAX_CODE);
  let next = 0;
  let code = 0;
  for (let length = shortest; length <= MAX_CODE; length += 1) {
    bases[length] = code - next;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      order[next++] = symbol;
      code += 1;
    }
    limits[length] = code - 1;
    code <<= 1;
  }
  return { limits, bases, order, shortest };
}

function readCode(bits: Bits, { limits, bases, order, shortest }: Table): number {
  let length = shortest;
  let code = bits.read(length);
  while (length <= MAX_CODE && code > (limits[length] as number)) {
    code = code * 2 + bits.read(1);
    length += 1;
  }
  const symbol = length > MAX_CODE ? undefined : order[code - (bases[length] as number)];
  if (symbol === undefined) throw broken('a code means nothing');
  return symbol;
}

/** Undoes Huffman, the runs of zeros and move-to-front. Fills `work` with the bytes, and counts them. */
function readMoves(bits: Bits, tables: readonly Table[], selectors: Uint8Array, symbols: Uint8Array, work: Uint32Array) {
  const counts = new Uint32Array(256);
  const recent = Uint8Array.from(symbols);
  const end = symbols.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  const flush = () => {
    if (run === 0) return;
    if (length + run > work.length) throw broken('a block is larger than its level allows');
    const byte = recent[0] as number;
    work.fill(byte, length, length + run);
    counts[byte] = (counts[byte] as number) + run;
    length += run;
    run = 0;
    weight = 1;
  };
  for (let group = 0; ; group += 1) {
    const table = tables[selectors[group] ?? -1];
    if (!table) throw broken('a block has more codes than it says');
    for (let i = 0; i < GROUP; i += 1) {
      const symbol = readCode(bits, table);
      if (symbol <= 1) {
        if (weight > work.length) throw broken('a run is longer than a block');
        run += weight << symbol;
        weight *= 2;
        continue;
      }
      flush();
      if (symbol === end) return { length, counts };
      const byte = recent[symbol - 1] as number;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      if (length >= work.length) throw broken('a block is larger than its level allows');
      work[length++] = byte;
      counts[byte] = (counts[byte] as number) + 1;
    }
  }
}

/** Undoes the Burrows-Wheeler transform, then the runs: four equal bytes are followed by how many more there are. */
function unsort(work: Uint32Array, length: number, counts: Uint32Array, origin: number): Uint8Array {
  let sum = 0;
  const starts = counts.map((count) => {
    sum += count;
    return sum - count;
  });
  for (let i = 0; i < length; i += 1) {
    const byte = (work[i] as number) & 0xff;
    const place = starts[byte] as number;
    starts[byte] = place + 1;
    work[place] = ((work[place] as number) | (i << 8)) >>> 0;
  }
  let out = new Uint8Array(Math.max(length, 1) + 1024);
  let size = 0;
  let at = (work[origin] as number) >>> 8;
  let equal = 0;
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const cell = work[at] as number;
    const byte = cell & 0xff;
    at = cell >>> 8;
    const repeat = equal === 4 ? byte : 1;
    if (size + repeat > out.length) {
      const larger = new Uint8Array(out.length * 2 + repeat);
      larger.set(out);
      out = larger;
    }
    if (equal === 4) {
      out.fill(last, size, size + repeat);
      equal = 0;
      last = -1;
    } else {
      equal = byte === last ? equal + 1 : 1;
      last = byte;
      out[size] = byte;
    }
    size += repeat;
  }
  return out.subarray(0, size);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = ((sum << 8) ^ (CRC_TABLE[((sum >>> 24) ^ byte) & 0xff] as number)) >>> 0;
  return (sum ^ 0xffffffff) >>> 0;
}

function broken(why: string): AppError {
  return new AppError('ADVISORY_UNREADABLE', `the bzip2 data is broken: ${why}`);
}
