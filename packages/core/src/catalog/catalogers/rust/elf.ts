/** Where things are in an ELF file. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
export interface ElfHeader {
  readonly is64: boolean;
  readonly isLittle: boolean;
  /** Of the section headers, in the file. */
  readonly sectionsAt: number;
  readonly sectionSize: number;
  readonly sectionCount: number;
  /** Which section holds the names of sections. */
  readonly namesIndex: number;
  /** Where what is loaded into memory ends in the file. */
  readonly loadedEnd: number;
}

const LOAD = 1;
/** Bytes that hold the header and the program headers of all programs met. */
export const HEAD_BYTES = 4096;

/** Reads the header and the program headers from the first bytes of a file; undefined where they are no ELF file with sections. */
export function readElfHeader(head: Buffer): ElfHeader | undefined {
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const is64 = head[4] === 2;
  const isLittle = head[5] === 1;
  const { u16, address } = readers(head, is64, isLittle);
  const programsAt = address(is64 ? 32 : 28);
  const at = is64 ? 54 : 42;
  const [programSize, programCount, sectionSize, sectionCount, namesIndex] = [0, 2, 4, 6, 8].map((offset) => u16(at + offset));
  const sectionsAt = address(is64 ? 40 : 32);
  if (!sectionsAt || !sectionCount || sectionSize !== (is64 ? 64 : 40) || namesIndex === undefined) return undefined;
  let loadedEnd = 0;
  for (let index = 0; index < (programCount ?? 0); index += 1) {
    const start = programsAt + index * (programSize ?? 0);
    if (start + (is64 ? 56 : 32) > head.length) return undefined;
    const type = isLittle ? head.readUInt32LE(start) : head.readUInt32BE(start);
    if (type === LOAD) loadedEnd = Math.max(loadedEnd, address(start + (is64 ? 8 : 4)) + address(start + (is64 ? 32 : 16)));
  }
  return { is64, isLittle, sectionsAt, sectionSize, sectionCount, namesIndex, loadedEnd };
}

/** A section's place in the file; undefined where there is none of that name. `tail`: the file's bytes from `tailAt` on. */
export function findSection(
  header: ElfHeader,
  name: string,
  { tail, tailAt }: { readonly tail: Buffer; readonly tailAt: number },
): { readonly offset: number; readonly size: number } | undefined {
  const { is64, isLittle, sectionsAt, sectionSize, sectionCount, namesIndex } = header;
  const start = sectionsAt - tailAt;
  if (start < 0 || start + sectionCount * sectionSize > tail.length || namesIndex >= sectionCount) return undefined;
  const { u32, address } = readers(tail, is64, isLittle);
  const placeOf = (index: number) => {
    const at = start + index * sectionSize;
    return { name: u32(at), offset: address(at + (is64 ? 24 : 16)), size: address(at + (is64 ? 32 : 20)) };
  };
  const names = placeOf(namesIndex).offset - tailAt;
  const wanted = Buffer.from(`${name}\0`);
  for (let index = 0; index < sectionCount; index += 1) {
    const found = placeOf(index);
    const at = names + found.name;
    if (names >= 0 && at + wanted.length <= tail.length && tail.subarray(at, at + wanted.length).equals(wanted)) return found;
  }
  return undefined;
}

function readers(bytes: Buffer, is64: boolean, isLittle: boolean) {
  const u16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number) => Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return { u16, u32, address: is64 ? u64 : u32 };
}
