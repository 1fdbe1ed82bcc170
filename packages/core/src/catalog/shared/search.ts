/**
 * Searches a file that is passing for short needles. `found` is told which needle, and the bytes around it: from `before` bytes in front of it
 * to `after` bytes from its first one on, less where the file begins or ends. Holds no more than `before + after` bytes between pieces.
 */
export function createSearch(
  needles: readonly Buffer[],
  { before, after }: { readonly before: number; readonly after: number },
  found: (needle: number, around: Buffer) => void,
): { push(chunk: Uint8Array): void; end(): void } {
  let rest: Buffer = Buffer.alloc(0);
  let searched = 0; // of `rest`

  return {
    push(chunk) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const all = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      look(all, all.length - after);
      const kept = Math.max(0, searched - before);
      rest = Buffer.from(all.subarray(kept));
      searched -= kept;
    },
    end() {
      look(rest, rest.length);
    },
  };

  /** Looks for needles that begin before `end`: what follows them is there. */
  function look(all: Buffer, end: number): void {
    if (end <= searched) return;
    for (const [index, needle] of needles.entries()) {
      const scope = all.subarray(0, end + needle.length - 1);
      for (let at = scope.indexOf(needle, searched); at !== -1; at = scope.indexOf(needle, at + 1)) {
        found(index, all.subarray(Math.max(0, at - before), at + after));
      }
    }
    searched = end;
  }
}
