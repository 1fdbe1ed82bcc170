import { writeTar } from '@plimsoll/testkit';
import fc from 'fast-check';
import { pack as packTar } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { normalisePath } from '../util/path.ts';
import { createTarReader, type TarLimits } from './reader.ts';
import type { TarEntry } from './types.ts';

interface Read extends TarEntry {
  readonly content?: string;
}

/** Reads a tar in pieces of one size, with the content of all files. */
function read(tar: Uint8Array, options: { readonly piece?: number; readonly limits?: Partial<TarLimits> } = {}): readonly Read[] {
  const { piece = tar.length || 1, limits = {} } = options;
  const found: Read[] = [];
  let chunks: Uint8Array[] | undefined;
  const reader = createTarReader(
    {
      entry(entry) {
        found.push(entry);
        chunks = entry.kind === 'file' ? [] : undefined;
        if (entry.size === 0) chunks = undefined;
        return entry.kind === 'file' && entry.size > 0;
      },
      data: (chunk) => void chunks?.push(chunk.slice()),
      end() {
        const entry = found.pop();
        if (entry && chunks) found.push({ ...entry, content: Buffer.concat(chunks).toString() });
      },
    },
    limits,
  );
  for (let at = 0; at < tar.length; at += piece) reader.push(tar.subarray(at, at + piece));
  reader.finish();
  return found;
}

/** A header block as any writer might make it: fields are written as they are given. */
function header(fields: {
  name?: string | Uint8Array;
  size?: string | Uint8Array;
  type?: string;
  link?: string;
  magic?: string;
  prefix?: string;
  at?: readonly (readonly [number, Uint8Array])[];
  checksum?: 'signed' | 'wrong';
}): Buffer {
  const block = Buffer.alloc(512);
  block.set(Buffer.from(fields.name ?? 'a').subarray(0, 100), 0);
  block.set(Buffer.from(fields.size ?? '00000000000\0'), 124);
  block.write(fields.type ?? '0', 156, 'latin1');
  block.write(fields.link ?? '', 157);
  block.write(fields.magic ?? 'ustar\x0000', 257, 'latin1');
  block.write(fields.prefix ?? '', 345);
  for (const [offset, bytes] of fields.at ?? []) block.set(bytes, offset);
  block.fill(' ', 148, 156);
  const signed = (byte: number) => (fields.checksum === 'signed' && byte > 127 ? byte - 256 : byte);
  const sum = block.reduce((total, byte) => total + signed(byte), fields.checksum === 'wrong' ? 1 : 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function content(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const octal = (value: number) => `${value.toString(8).padStart(11, '0')}\0`;
const record = (key: string, value: string) => {
  const rest = ` ${key}=${value}\n`;
  const length = [1, 2, 3, 4]
    .map((digits) => digits + Buffer.byteLength(rest))
    .find((total) => String(total).length + Buffer.byteLength(rest) === total);
  return `${length}${rest}`;
};
const pax = (text: string, type = 'x') =>
  Buffer.concat([header({ name: 'PaxHeader', type, size: octal(Buffer.byteLength(text)) }), content(text)]);
const long = (text: string, type: string) =>
  Buffer.concat([header({ name: '././@LongLink', type, magic: 'ustar  \0', size: octal(text.length + 1) }), content(`${text}\0`)]);
const end = Buffer.alloc(1024);

describe('entries', () => {
  const deep = `${'folder/'.repeat(30)}file`;

  it.each<[string, readonly Uint8Array[], readonly Read[]]>([
    ['a file', [header({ size: octal(3) }), content('abc')], [{ path: 'a', kind: 'file', size: 3, content: 'abc' }]],
    ['an empty file', [header({})], [{ path: 'a', kind: 'file', size: 0 }]],
    [
      'a file whose content fills its block',
      [header({ size: octal(512) }), content('x'.repeat(512)), header({ name: 'b' })],
      [
        { path: 'a', kind: 'file', size: 512, content: 'x'.repeat(512) },
        { path: 'b', kind: 'file', size: 0 },
      ],
    ],
    ['a directory', [header({ name: 'd/', type: '5' })], [{ path: 'd', kind: 'directory', size: 0 }]],
    ['a symlink, its target as written', [header({ type: '2', link: '../x' })], [{ path: 'a', kind: 'symlink', size: 0, link: '../x' }]],
    ['a hardlink, its target as a path', [header({ type: '1', link: './x' })], [{ path: 'a', kind: 'hardlink', size: 0, link: 'x' }]],
    ['a device', [header({ type: '3' })], [{ path: 'a', kind: 'other', size: 0 }]],
    ['a prefix of ustar', [header({ name: 'b', prefix: 'x/y' })], [{ path: 'x/y/b', kind: 'file', size: 0 }]],
    ['no prefix in a GNU header', [header({ name: 'b', prefix: '12345', magic: 'ustar  \0' })], [{ path: 'b', kind: 'file', size: 0 }]],
    [
      'a header of before ustar',
      [header({ magic: '', type: '\0', size: octal(1) }), content('x')],
      [{ path: 'a', kind: 'file', size: 1, content: 'x' }],
    ],
    ['a directory of before ustar', [header({ name: 'd/', magic: '', type: '\0' })], [{ path: 'd', kind: 'directory', size: 0 }]],
    ['the root itself', [header({ name: './', type: '5' })], [{ path: '', kind: 'directory', size: 0 }]],
    ['a path with dots', [header({ name: './a/../b//c' })], [{ path: 'b/c', kind: 'file', size: 0 }]],
    ['a path that would leave the root', [header({ name: '../../etc/passwd' })], [{ path: 'etc/passwd', kind: 'file', size: 0 }]],
    ['an absolute path', [header({ name: '/etc/passwd' })], [{ path: 'etc/passwd', kind: 'file', size: 0 }]],
    ['a name that is not UTF-8', [header({ name: Buffer.from([0x61, 0xff, 0x62]) })], [{ path: 'a\ufffdb', kind: 'file', size: 0 }]],
    ['a pax path', [pax(record('path', deep)), header({})], [{ path: deep, kind: 'file', size: 0 }]],
    [
      'a pax path for one entry only',
      [pax(record('path', 'x')), header({}), header({ name: 'b' })],
      [
        { path: 'x', kind: 'file', size: 0 },
        { path: 'b', kind: 'file', size: 0 },
      ],
    ],
    ['a pax link', [pax(record('linkpath', deep)), header({ type: '2' })], [{ path: 'a', kind: 'symlink', size: 0, link: deep }]],
    ['a pax size', [pax(record('size', '3')), header({}), content('abc')], [{ path: 'a', kind: 'file', size: 3, content: 'abc' }]],
    [
      'a pax value that is empty, and so none',
      [pax(record('path', '') + record('size', '')), header({ size: octal(1) }), content('x')],
      [{ path: 'a', kind: 'file', size: 1, content: 'x' }],
    ],
    ['a pax header for all', [pax(record('comment', 'x'), 'g'), header({})], [{ path: 'a', kind: 'file', size: 0 }]],
    [
      'a pax header before a GNU name',
      [long('named', 'L'), pax(record('path', 'counts')), header({})],
      [{ path: 'counts', kind: 'file', size: 0 }],
    ],
    ['a GNU long name', [long(deep, 'L'), header({})], [{ path: deep, kind: 'file', size: 0 }]],
    ['a GNU long link', [long(deep, 'K'), header({ type: '2' })], [{ path: 'a', kind: 'symlink', size: 0, link: deep }]],
    [
      'a size in base 256',
      [header({ size: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]) }), content('abc')],
      [{ path: 'a', kind: 'file', size: 3, content: 'abc' }],
    ],
    [
      'a size with spaces around it',
      [header({ size: '         3 \0' }), content('abc')],
      [{ path: 'a', kind: 'file', size: 3, content: 'abc' }],
    ],
    ['a checksum of signed bytes', [header({ name: 'ä', checksum: 'signed' })], [{ path: 'ä', kind: 'file', size: 0 }]],
    [
      'blocks of zeros in between',
      [header({}), end, header({ name: 'b' })],
      [
        { path: 'a', kind: 'file', size: 0 },
        { path: 'b', kind: 'file', size: 0 },
      ],
    ],
    // A size that an entry of its kind cannot have must not make us take the next header for content: engines do not.
    ...(['1', '2', '3', '4', '5', '6'] as const).map((type): [string, readonly Uint8Array[], readonly Read[]] => [
      `type ${type} with a size, which counts for nothing`,
      [header({ type, link: 'x', size: octal(512) }), header({ name: 'next' })],
      [expect.objectContaining({ path: 'a' }) as Read, { path: 'next', kind: 'file', size: 0 }],
    ]),
    [
      'a file called like a directory, which has content all the same',
      [header({ name: 'a/', size: octal(512) }), header({ name: 'hidden' }), header({ name: 'next' })],
      [expect.objectContaining({ path: 'a', kind: 'file', size: 512 }) as Read, { path: 'next', kind: 'file', size: 0 }],
    ],
  ])('%s', (_, blocks, expected) => {
    const tar = Buffer.concat([...blocks, end]);
    for (const piece of [tar.length, 512, 511, 7, 1]) expect(read(tar, { piece })).toEqual(expected);
  });
});

describe('files with holes', () => {
  const one = octal(512);

  it.each<[string, readonly Uint8Array[]]>([
    ['old GNU', [header({ type: 'S', magic: 'ustar  \0', size: one, at: [[483, Buffer.from(octal(9000))]] }), content('x'.repeat(512))]],
    [
      'old GNU with a second header block',
      [
        header({
          type: 'S',
          magic: 'ustar  \0',
          size: one,
          at: [
            [482, Buffer.from([1])],
            [483, Buffer.from(octal(9000))],
          ],
        }),
        Buffer.alloc(512),
        content('x'.repeat(512)),
      ],
    ],
    [
      'pax 0.1',
      [
        pax(record('GNU.sparse.size', '9000') + record('GNU.sparse.numblocks', '1') + record('GNU.sparse.map', '0,512')),
        header({ size: one }),
        content('x'.repeat(512)),
      ],
    ],
    [
      'pax 1.0',
      [
        pax(
          record('GNU.sparse.major', '1') +
            record('GNU.sparse.minor', '0') +
            record('GNU.sparse.name', 'a') +
            record('GNU.sparse.realsize', '9000'),
        ),
        header({ name: 'GNUSparseFile.0/a', size: one }),
        content('x'.repeat(512)),
      ],
    ],
  ])('%s: the size is the real one, the content is passed over, what follows is read', (_, blocks) => {
    const found = read(Buffer.concat([...blocks, header({ name: 'next', size: octal(1) }), content('n'), end]));
    expect(found).toEqual([
      { path: 'a', kind: 'file', size: 9000 },
      { path: 'next', kind: 'file', size: 1, content: 'n' },
    ]);
  });
});

describe('what is no tar', () => {
  it.each<[string, readonly Uint8Array[], RegExp]>([
    ['a wrong checksum', [header({ checksum: 'wrong' })], /checksum/],
    ['text', [Buffer.from('hello '.repeat(200))], /header/],
    ['a size that is no number', [header({ size: 'eleven' })], /octal/],
    ['a negative size', [header({ size: Buffer.alloc(12, 0xff) })], /cannot be/],
    ['a size past all bounds', [header({ size: Buffer.from([0x80, ...Buffer.alloc(11, 0xff)]) })], /cannot be/],
    ['a pax record whose length lies', [pax('99 path=x\n'), header({})], /pax/],
    ['a pax record without end', [pax('9 path=xy'), header({})], /pax/],
    ['a pax record without key', [pax('6 abc\n'), header({})], /pax/],
    ['a pax size that is no number', [pax(record('size', '-1')), header({})], /size/],
  ])('%s', (_, blocks, message) => {
    expect(() => read(Buffer.concat(blocks))).toThrow(
      expect.objectContaining({ code: 'TAR_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('a pax header without end is not collected', () => {
    const tar = header({ type: 'x', size: octal(2 * 1024 * 1024) });
    expect(() => read(tar)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('more entries than allowed', () => {
    const tar = Buffer.concat(Array.from({ length: 11 }, () => header({})));
    expect(() => read(tar, { limits: { maxEntries: 10 } })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('headers without an entry count too', () => {
    const tar = Buffer.concat(Array.from({ length: 11 }, () => pax(record('path', 'x'))));
    expect(() => read(tar, { limits: { maxEntries: 10 } })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it.each([
    [0, true],
    [512, true],
    [1, false],
    [511, false],
    [600, false],
    [2023, false],
    [2024, true], // all content is there, its padding is not
  ])('cut after %d bytes: whole %s', (length, whole) => {
    const tar = Buffer.concat([header({}), header({ name: 'b', size: octal(1000) }), content('x'.repeat(1000))]);
    const cut = () => read(tar.subarray(0, length));
    if (whole) expect(cut).not.toThrow();
    else expect(cut).toThrow(expect.objectContaining({ code: 'TAR_INVALID' }));
  });
});

const name = fc.stringMatching(/^[a-zA-Zäöü0-9 ._-]{1,40}$/).filter((text) => !/^\.+$/.test(text));
const path = fc.array(name, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('/'));
const entry = fc.oneof(
  fc.record({ name: path, type: fc.constant('file' as const), content: fc.string({ maxLength: 3000 }) }),
  fc.record({ name: path, type: fc.constant('directory' as const) }),
  fc.record({ name: path, type: fc.constantFrom('symlink' as const, 'link' as const), linkname: path }),
);

describe('as other writers write it', () => {
  it('tar-stream: any tree, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), fc.integer({ min: 1, max: 5000 }), async (entries, piece) => {
        const writer = packTar();
        for (const { type, name: at, ...rest } of entries) {
          const { content: text, linkname = null } = { content: undefined, ...rest } as { content?: string; linkname?: string };
          writer.entry({ name: at, type, ...(linkname !== null && { linkname }) }, text ?? '');
        }
        writer.finalize();
        const found = read(Buffer.concat(await Array.fromAsync(writer as AsyncIterable<Uint8Array>)), { piece });
        expect(found).toEqual(
          entries.map((one) => {
            const at = normalisePath(one.name);
            if (one.type === 'directory') return { path: at, kind: 'directory', size: 0 };
            if (one.type === 'file') {
              const size = Buffer.byteLength(one.content);
              return { path: at, kind: 'file', size, ...(size > 0 && { content: Buffer.from(one.content).toString() }) };
            }
            const link = one.type === 'link' ? normalisePath(one.linkname) : one.linkname;
            return { path: at, kind: one.type === 'link' ? 'hardlink' : 'symlink', size: 0, link };
          }),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('any bytes: read, or refused in words', () => {
    const spoilt = fc.tuple(fc.nat({ max: 4000 }), fc.uint8Array({ minLength: 1, maxLength: 20 }));
    const whole = writeTar([
      { path: 'x'.repeat(150), content: 'a'.repeat(700) },
      { path: 'b', link: 'y'.repeat(150) },
      { path: 'c', content: '' },
    ]);
    fc.assert(
      fc.property(fc.array(spoilt, { maxLength: 6 }), fc.nat({ max: whole.length }), (changes, length) => {
        const tar = Buffer.from(whole.subarray(0, length));
        for (const [at, bytes] of changes) if (at < tar.length) tar.set(bytes.subarray(0, tar.length - at), at);
        try {
          read(tar);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', code: expect.stringMatching(/TAR_INVALID|LIMIT_EXCEEDED/) });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
