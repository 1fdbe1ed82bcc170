const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const END = Buffer.from('f932433186182072008242104116d8f2', 'hex');

/** Text as Go keeps it in a program: https://pkg.go.dev/runtime/debug#BuildInfo */
export function modulesText(...rows: readonly string[]): string {
  return rows.map((row) => `${row.replaceAll(' ', '\t')}\n`).join('');
}

/** The beginning of an ELF program, `offset` bytes of anything, and build information as Go 1.18 and later write it. */
export function goProgram(goVersion: string, modules: string, offset = 4096): Buffer {
  const wrapped = Buffer.concat([START, Buffer.from(modules), END]);
  const header = Buffer.alloc(32);
  header.write('\xff Go buildinf:', 'latin1');
  header[14] = 8;
  header[15] = 2;
  const strings = [Buffer.from(goVersion), wrapped].flatMap((bytes) => [varint(bytes.length), bytes]);
  return Buffer.concat([elf(offset), header, ...strings, Buffer.alloc(100)]);
}

/** A program of Go 1.17 and before: the list stands alone, the header holds addresses. */
export function oldGoProgram(modules: string): Buffer {
  const header = Buffer.alloc(32);
  header.write('\xff Go buildinf:', 'latin1');
  header[14] = 8;
  return Buffer.concat([elf(4096), START, Buffer.from(modules), END, Buffer.alloc(16 - ((Buffer.byteLength(modules) + 32) % 16)), header]);
}

function elf(size: number): Buffer {
  const bytes = Buffer.alloc(size, 'x');
  bytes.write('\x7fELF', 0, 'latin1');
  return bytes;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
}
