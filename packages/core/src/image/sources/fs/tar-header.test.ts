import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTarReader } from '../../../tar/reader.ts';
import type { TarEntry } from '../../../tar/types.ts';
import { BLOCK, headersOf, paddingOf } from './tar-header.ts';
import type { FolderEntry } from './walk.ts';

function readBack(entries: readonly FolderEntry[]): readonly TarEntry[] {
  const found: TarEntry[] = [];
  const sink = {
    entry(entry: TarEntry) {
      found.push(entry);
      return false;
    },
    data() {},
    end() {},
  };
  const reader = createTarReader(sink);
  for (const entry of entries) {
    reader.push(headersOf(entry));
    if (entry.size > 0) reader.push(new Uint8Array(entry.size + paddingOf(entry.size)));
  }
  reader.push(new Uint8Array(2 * BLOCK));
  reader.finish();
  return found;
}

const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !/[/\0]/.test(text) && !/^\.{1,2}$/.test(text));
const path = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => Buffer.from(parts.join('/')));
const entry: fc.Arbitrary<FolderEntry> = fc.oneof(
  fc.record({ path, kind: fc.constant('file' as const), size: fc.integer({ min: 0, max: 2000 }), executable: fc.boolean() }),
  fc.record({ path, kind: fc.constant('directory' as const), size: fc.constant(0), executable: fc.constant(true) }),
  fc.record({ path, kind: fc.constant('symlink' as const), size: fc.constant(0), executable: fc.constant(true), link: path }),
);

describe('a header', () => {
  it('is read back as it was written, whatever the name', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
        const found = readBack(entries);
        expect(found.map(({ path: name, kind, size, link }) => ({ name, kind, size, link }))).toEqual(
          entries.map(({ path: name, kind, size, link }) => ({ name: name.toString(), kind, size, link: link?.toString() })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('says a size that eleven digits cannot', () => {
    const size = 10 * 1024 ** 3;
    const bytes = headersOf({ path: Buffer.from('a'), kind: 'file', size, executable: false });
    expect(bytes.length).toBe(3 * BLOCK);
    expect(bytes.toString('latin1')).toContain(`size=${size}\n`);
  });
});
