import { inflateSync } from 'node:zlib';
import { programKind } from '../../shared/program.ts';
import type { FileScan, Finding } from '../../types.ts';
import { parseCrates } from './crates.ts';
import { type ElfHeader, findSection, HEAD_BYTES, readElfHeader } from './elf.ts';

const SECTION = '.dep-v0';
/** What lies further from the end of a program is not held: debugging symbols of the largest programs. */
const MAX_TAIL = 32 * 1024 * 1024;
/** As the format's own reader has it. */
const MAX_JSON = 8 * 1024 * 1024;

/**
 * Looks for the list of crates in an ELF program. The list is not loaded into memory when the program runs, so it lies behind everything that is:
 * nothing before that is held.
 */
export function scanProgram(size: number): FileScan {
  const first: Buffer[] = [];
  let header: ElfHeader | undefined;
  let headBytes = 0;
  let position = 0;
  let tailAt = 0;
  let tail: Buffer | undefined;

  return {
    push(chunk) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      if (!header) {
        first.push(Buffer.from(piece));
        headBytes += piece.length;
        if (headBytes < Math.min(HEAD_BYTES, size)) return headBytes < 4 || programKind(Buffer.concat(first)) === 'elf';
        const head = Buffer.concat(first);
        if (programKind(head) !== 'elf') return false;
        header = readElfHeader(head);
        if (!header) return false;
        tailAt = Math.max(header.loadedEnd, size - MAX_TAIL);
        if (tailAt >= size) return false;
        tail = Buffer.allocUnsafeSlow(size - tailAt);
        keep(head);
        return true;
      }
      keep(piece);
      return true;
    },
    *end(): Iterable<Finding> {
      if (!header || !tail || position < size) return;
      const section = findSection(header, SECTION, { tail, tailAt });
      if (!section) return;
      const start = section.offset - tailAt;
      if (start < 0 || start + section.size > tail.length) return;
      yield* parseCrates(inflateSync(tail.subarray(start, start + section.size), { maxOutputLength: MAX_JSON }).toString());
    },
  };

  function keep(piece: Buffer): void {
    const skipped = Math.max(0, tailAt - position);
    if (skipped < piece.length) tail?.set(piece.subarray(skipped), position + skipped - tailAt);
    position += piece.length;
  }
}
