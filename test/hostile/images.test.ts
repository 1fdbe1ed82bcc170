import { gzipSync } from 'node:zlib';
import { writeTar, zipOf } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { jarOf } from '../../packages/core/src/catalog/catalogers/java/jar.fixture.ts';
import { type Bomb, crateBomb, endlessPax, entries, header, oddNames, zeros } from './layers.ts';
import { type Run, runOn } from './run.ts';

const GIB = 1024 ** 3;
/** Of one process that runs from its sources. */
const MAX_MEGABYTES = 700;
/** In every image: it must be found whatever else is there. */
const honest = { path: 'opt/node_modules/left-pad/package.json', content: '{"name":"left-pad","version":"1.3.0"}' };

interface Listed {
  readonly packages: readonly { readonly name: string }[];
  readonly coverage: { readonly gaps: readonly string[]; readonly unreadableFiles: number; readonly skippedFiles: number };
  readonly diagnostics?: readonly { readonly code: string; readonly path?: string }[];
}

const listed = ({ stdout }: Run) => JSON.parse(stdout) as Listed;
const names = (run: Run) => listed(run).packages.map(({ name }) => name);

describe('a layer that asks for too much ends with a code, in bounded time and memory', () => {
  it.each<[string, Bomb | Uint8Array, string, Record<string, string>?]>([
    ['gzip of 8 GiB of zeros, with a limit of 1 GiB', zeros(8 * GIB, 'gzip'), 'LIMIT_EXCEEDED', { PLIMSOLL_MAX_LAYER_BYTES: String(GIB) }],
    ['zstd of 64 GiB of zeros: the ratio gives it away', zeros(64 * GIB, 'zstd'), 'LIMIT_EXCEEDED'],
    ['six million entries', entries(6_000_000), 'LIMIT_EXCEEDED', { PLIMSOLL_MAX_LAYER_ENTRIES: '1000000' }],
    ['a pax header of 1 GiB', endlessPax(GIB), 'LIMIT_EXCEEDED'],
    ['a layer that takes too long', zeros(8 * GIB, 'gzip'), 'LIMIT_EXCEEDED', { PLIMSOLL_MAX_LAYER_SECONDS: '0.5' }],
    ['a gzip that is cut off', gzipSync(writeTar([honest])).subarray(0, 60), 'LAYER_UNREADABLE'],
    ['a tar that stops in a file', writeTar([honest]).subarray(0, 530), 'LAYER_UNREADABLE'],
    ['a tar with a checksum that is wrong', Buffer.concat([header('a', 0).fill('z', 0, 1), Buffer.alloc(1024)]), 'LAYER_UNREADABLE'],
    ['a file that says to be larger than the tar', Buffer.concat([header('a', 8 ** 11 - 1), Buffer.alloc(1024)]), 'LAYER_UNREADABLE'],
    ['a layer that is no tar', Buffer.from('GIF89a'.repeat(1000)), 'LAYER_UNREADABLE'],
  ])('%s', async (_name, layer, code, env) => {
    const ended = await runOn([layer], ['packages', '--format', 'json'], env);
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stderr).toContain(code);
    expect(ended.stdout).toBe('');
    expect(ended.megabytes).toBeLessThan(MAX_MEGABYTES);
  });
});

describe('a file that is not what it should be is told, and the rest of the image is read', () => {
  const deep = '['.repeat(2_000_000);
  it.each<[string, Parameters<typeof writeTar>[0]]>([
    ['a dpkg database of noise', [{ path: 'var/lib/dpkg/status', content: noise(300_000) }]],
    ['an apk database of one endless line', [{ path: 'lib/apk/db/installed', content: 'P:'.padEnd(5_000_000, 'a') }]],
    [
      'an rpm database that is sqlite in name alone',
      [{ path: 'var/lib/rpm/rpmdb.sqlite', content: `SQLite format 3\0${'x'.repeat(100_000)}` }],
    ],
    ['an rpm database of Berkeley DB, of noise', [{ path: 'var/lib/rpm/Packages', content: berkeley() }]],
    [
      'an rpm database of ndb, of noise',
      [{ path: 'usr/lib/sysimage/rpm/Packages.db', content: Buffer.concat([Buffer.from('RpmP'), noise(65_536)]) }],
    ],
    ['JSON that is nested two million deep', [{ path: 'app/node_modules/a/package.json', content: deep }]],
    ['an installed.json that is nested two million deep', [{ path: 'app/vendor/composer/installed.json', content: deep }]],
    ['a jar in a jar in a jar, a hundred times', [{ path: 'app/deep.jar', content: nestedJar(100) }]],
    [
      'a jar whose manifest inflates to 64 MiB and says 100 bytes',
      [{ path: 'app/bomb.jar', content: jarOf({ 'META-INF/MANIFEST.MF': Buffer.alloc(64 * 1024 * 1024) }, { size: 100 }) }],
    ],
    ['a jar of noise', [{ path: 'app/noise.jar', content: Buffer.concat([Buffer.from('PK\x03\x04'), noise(100_000)]) }]],
    ['a program whose list of crates inflates to 256 MiB', [{ path: 'app/server', content: crateBomb(256 * 1024 * 1024), mode: 0o755 }]],
    ['a program of noise', [{ path: 'app/noise', content: Buffer.concat([Buffer.from('\x7fELF'), noise(1_000_000)]), mode: 0o755 }]],
    ['a gemspec that never ends', [{ path: 'usr/lib/ruby/gems/3.1.0/specifications/a-1.gemspec', content: 's.name = "'.repeat(300_000) }]],
    [
      'metadata of one line of 5 MB',
      [{ path: 'usr/lib/python3/dist-packages/a-1.dist-info/METADATA', content: 'Name: '.padEnd(5_000_000, ' a') }],
    ],
    ['an os-release of a million lines', [{ path: 'etc/os-release', content: 'ID=a\n'.repeat(1_000_000) }]],
  ])('%s', async (_name, files) => {
    const ended = await runOn([writeTar([...files, honest])], ['packages', '--format', 'json']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(names(ended)).toContain('left-pad');
    const { gaps, unreadableFiles, skippedFiles } = listed(ended).coverage;
    expect(gaps.length + unreadableFiles + skippedFiles).toBeGreaterThan(0);
    expect(ended.megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  it('two hundred thousand broken files', async () => {
    const files = Array.from({ length: 200_000 }, (_, index) => ({ path: `app/node_modules/m${index}/package.json`, content: '{' }));
    const ended = await runOn([writeTar([...files, honest])], ['packages', '--format', 'json']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(names(ended)).toEqual(['left-pad']);
    expect(listed(ended).coverage.unreadableFiles).toBe(200_000);
    expect(ended.stdout.length).toBeLessThan(1_000_000);
    expect(ended.megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  it('names that leave the root, loop, steer a terminal or are no UTF-8', async () => {
    const layer = Buffer.concat([oddNames(), writeTar([honest])]);
    const json = await runOn([layer], ['packages', '--format', 'json']);
    expect(json.code, json.stderr).toBe(0);
    expect(names(json)).toContain('left-pad');
    const table = await runOn([layer], ['packages', '--format', 'table']);
    const controls = [...`${table.stdout}${table.stderr}`].filter((letter) => letter !== '\n' && /\p{Cc}/u.test(letter));
    expect(controls).toEqual([]);
  });

  it('an image of a thousand layers that each hide the one before', async () => {
    const layers = Array.from({ length: 1000 }, (_, index) =>
      writeTar([
        { path: `d${index}`, directory: true },
        { path: `d${index}/f`, content: String(index) },
        ...(index > 0 ? [{ path: `d${index - 1}`, whiteout: true as const }] : [honest]),
      ]),
    );
    const ended = await runOn(layers, ['packages', '--format', 'json']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(names(ended)).toEqual(['left-pad']);
    expect(ended.megabytes).toBeLessThan(MAX_MEGABYTES);
  });
});

/** A jar in a jar, `depth` times. */
function nestedJar(depth: number): Uint8Array {
  let inner: Uint8Array = zipOf({ 'META-INF/MANIFEST.MF': 'Implementation-Title: inner\n' });
  for (let level = 0; level < depth; level += 1) inner = zipOf({ [`level-${level}.jar`]: inner });
  return inner;
}

/** Bytes that look like nothing, the same each time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

/** A hash database of Berkeley DB with a good first page and noise behind it. */
function berkeley(): Buffer {
  const bytes = noise(200 * 4096);
  bytes.fill(0, 0, 512);
  bytes.writeUInt32LE(0x061561, 12);
  bytes.writeUInt32LE(9, 16);
  bytes.writeUInt32LE(4096, 20);
  bytes[25] = 8;
  bytes.writeUInt32LE(199, 32);
  for (let page = 1; page < 200; page += 1) {
    bytes[page * 4096 + 25] = 13;
    bytes.writeUInt32LE((page % 199) + 1, page * 4096 + 16);
  }
  return bytes;
}
