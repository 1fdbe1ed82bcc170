import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../util/zip.ts';
import type { Finding } from '../../types.ts';
import { readArchive } from './archive.ts';
import { java } from './index.ts';
import { jarOf, manifestOf, mavenFiles, mavenJar, scanBytes } from './jar.fixture.ts';

/** What is found before the fault, the fault, and the milliseconds of this thread: others may be at work beside it. */
function read(bytes: Uint8Array, path = 'opt/app.jar', piece?: number) {
  const began = process.threadCpuUsage();
  const result = collect(() => scanBytes(java, path, bytes, piece));
  const { user, system } = process.threadCpuUsage(began);
  return { ...result, time: (user + system) / 1000 };
}

function collect(find: () => Iterable<Finding>) {
  const found: string[] = [];
  let fault: unknown;
  try {
    for (const finding of find()) if (finding.kind === 'package') found.push(finding.draft.name);
  } catch (error) {
    fault = error;
  }
  return { found, fault: fault as Error | undefined };
}

/** The same files, each so many times in the directory: what is there once is read again and again. */
function repeatEntries(jar: Buffer, times: number): Buffer {
  const end = jar.length - 22;
  const [length, offset] = [jar.readUInt32LE(end + 12), jar.readUInt32LE(end + 16)];
  const list = Buffer.concat(new Array<Buffer>(times).fill(jar.subarray(offset, offset + length)));
  const tail = Buffer.from(jar.subarray(end));
  tail.writeUInt32LE(list.length, 12);
  return Buffer.concat([jar.subarray(0, offset), list, tail]);
}

import { parseManifest } from './manifest.ts';
import { parsePom } from './pom.ts';
import { parseProperties } from './properties.ts';

/**
 * A hundred archives, each the only file of the one before, that share one end record: header and directory entry are of one length, so that
 * where an archive begins later, its directory does too.
 */
function overlapping(): Buffer {
  const copies = 100;
  const name = 'a/self/containing.jar';
  const step = 46 + name.length;
  const bytes = Buffer.alloc(step * 3 * copies + 22);
  for (let copy = 0; copy < copies; copy += 1) {
    const header = step * copy;
    bytes.write('PK\x03\x04', header, 'latin1');
    bytes.writeUInt16LE(name.length, header + 26);
    bytes.writeUInt16LE(16, header + 28);
    bytes.write(name, header + 30);
    const entry = step * (copies + copy);
    bytes.write('PK\x01\x02', entry, 'latin1');
    for (const field of [20, 24]) bytes.writeUInt32LE(bytes.length - step * (copy + 1), entry + field);
    bytes.writeUInt16LE(name.length, entry + 28);
    bytes.write(name, entry + 46);
  }
  bytes.write('PK\x05\x06', bytes.length - 22, 'latin1');
  bytes.writeUInt32LE(step, bytes.length - 10);
  bytes.writeUInt32LE(step * copies, bytes.length - 6);
  return bytes;
}

describe('java, of hostile archives', () => {
  it('finds what lies five deep of a jar nested a hundred deep, and says that there is more', () => {
    let jar = mavenJar('deep', 'x100', '1');
    for (let depth = 99; depth >= 0; depth -= 1) jar = mavenJar('deep', `x${depth}`, '1', { 'in.jar': jar }, { stored: depth % 2 === 0 });
    const { found, fault, time } = read(jar);
    expect(found).toEqual(['deep:x0', 'deep:x1', 'deep:x2', 'deep:x3', 'deep:x4', 'deep:x5']);
    expect(fault?.message).toMatch(/more than 5 deep/);
    expect(time).toBeLessThan(500);
  });

  it('follows archives that overlap no deeper', () => {
    const { found, fault, time } = read(overlapping());
    expect(found).toEqual([]);
    expect(fault?.message).toMatch(/more than 5 deep/);
    expect(time).toBeLessThan(500);
  });

  it.each([
    ['an archive of zeros', { 'lib/bomb.jar': new Uint8Array(20 * 1024 * 1024) }],
    ['a manifest of zeros', { 'META-INF/MANIFEST.MF': new Uint8Array(20 * 1024 * 1024) }],
    ['a pom of zeros', { 'META-INF/maven/a/b/pom.xml': new Uint8Array(20 * 1024 * 1024) }],
  ])('inflates no bomb: %s', (_name, files) => {
    for (const options of [{}, { size: 1000 }, { size: 0xffff_fffe }]) {
      const jar = mavenJar('com.example', 'app', '1', files, options);
      const before = process.memoryUsage().arrayBuffers;
      const { found, fault, time } = read(jar);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
      expect(found.filter((name) => name !== 'a:b')).toEqual(options.size === 0xffff_fffe ? [] : ['com.example:app']);
      expect(fault?.message).toMatch(/larger than|broken/);
      expect(time).toBeLessThan(500);
    }
  });

  it('goes on behind a broken archive', () => {
    const good = mavenJar('com.example', 'good', '1');
    const { found, fault } = read(jarOf({ 'a.jar': 'no zip', 'b.jar': good.subarray(0, 60), 'c.jar': good, 'd.jar': '' }));
    expect(found).toEqual(['com.example:good']);
    expect(fault?.message).toBe('a.jar in app.jar is no zip that can be read; 2 more of that kind');
  });

  it('keeps what stands in the directory before it breaks', () => {
    const jar = mavenJar('com.example', 'app', '1', { a: '', b: '' });
    jar.fill(0, jar.lastIndexOf('PK\x01\x02', undefined, 'latin1'), jar.length - 22);
    expect(read(jar)).toMatchObject({ found: ['com.example:app'], fault: { message: 'the directory of app.jar is broken' } });
  });

  it.each([
    ['an archive that stands there a thousand times', () => repeatEntries(jarOf({ 'in.jar': mavenJar('a', 'b', '1') }), 1000), undefined],
    ['poms that stand there many times', () => repeatEntries(mavenJar('a', 'b', '1'), 300_000), undefined],
    [
      'more poms than a human could shade',
      () => jarOf(Object.assign({}, ...Array.from({ length: 30_000 }, (_, at) => mavenFiles('a', `b${at}`, '1'))), { stored: true }),
      /more than 20000 descriptions/,
    ],
    [
      'a thousand archives in each of a thousand, and so on',
      () => {
        let jar = mavenJar('a', 'b', '1');
        for (let depth = 0; depth < 5; depth += 1) jar = repeatEntries(jarOf({ 'in.jar': jar }, { stored: true }), 1000);
        return jar;
      },
      /more than 10000 archives/,
    ],
    [
      'many bombs, each small',
      () => {
        const zeros = new Uint8Array(1024 * 1024 - 1);
        return jarOf(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}.jar`, zeros])));
      },
      /no zip/,
    ],
    ['a million names', () => repeatEntries(jarOf({ 'x.class': '' }), 1_100_000), /more than 1000000 files/],
    ['names as long as may be', () => repeatEntries(jarOf({ [`${'x/'.repeat(32_000)}a.jar`]: '' }), 200), undefined],
    ['a tail of false ends', () => Buffer.concat([mavenJar('a', 'b', '1'), Buffer.from('PK\x05\x06'.repeat(16_000), 'latin1')]), undefined],
  ])('is quick with %s', (_name, make, fault) => {
    const jar = make();
    const result = read(jar);
    if (fault) expect(result.fault?.message).toMatch(fault);
    else expect(result.fault).toBeUndefined();
    expect(result.time).toBeLessThan(2000);
  });

  it.each([
    ['a manifest of one endless line', { 'META-INF/MANIFEST.MF': `Implementation-Title: ${'x'.repeat(4_000_000)}` }],
    ['a manifest of lines that never end', { 'META-INF/MANIFEST.MF': `Implementation-Title: x\n${' y\n'.repeat(1_000_000)}` }],
    ['a pom that is deep', { 'META-INF/maven/a/b/pom.xml': '<a>'.repeat(300_000) }],
    ['a pom that is never closed', { 'META-INF/maven/a/b/pom.xml': `<project>${'<!-- '.repeat(200_000)}` }],
    ['a pom of tags alone', { 'META-INF/maven/a/b/pom.xml': `<project>${'<'.repeat(1_000_000)}` }],
    ['properties of blanks', { 'META-INF/maven/a/b/pom.properties': ' '.repeat(60_000) }],
    ['a licence of blanks', { 'META-INF/maven/a/b/pom.xml': `<project><licenses><license><name>${' '.repeat(900_000)}` }],
  ])('is quick with %s', (_name, files) => {
    expect(read(jarOf(files)).time).toBeLessThan(300);
  });

  it('takes no name that carries an escape or a newline', () => {
    const files = {
      ...mavenFiles('a\u001b[31m', 'b', '1'),
      'META-INF/MANIFEST.MF': manifestOf({ 'Implementation-Title': 'x\u001b[2J', 'Implementation-Version': '1\u001b[2J' }),
    };
    expect(read(jarOf(files)).found).toEqual([]);
  });

  it('says where headers and directory tell of other files', () => {
    const jar = mavenJar('com.example', 'app', '1', { 'lib/a.jar': mavenJar('com.example', 'hidden', '1') });
    jar.write('lib/a.xyz', jar.indexOf('lib/a.jar'));
    expect(read(jar)).toMatchObject({
      found: ['com.example:app'],
      fault: { message: 'the headers of app.jar do not say what its directory says' },
    });
  });

  it('holds no more than it may', () => {
    const jar = jarOf({ 'a.jar': new Uint8Array(1000) }, { stored: true });
    jar.writeUInt16LE(8, 8); // deflated, so that it is held as a whole
    jar.writeUInt32LE(0x7fff_ffff, 18);
    const before = process.memoryUsage().arrayBuffers;
    read(jar);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  it('reads any text of manifest, pom and properties, to some end', () => {
    const word = fc.constantFrom(
      '<',
      '>',
      '/',
      '<!--',
      '-->',
      '<project>',
      '<version>',
      '</version>',
      '<?',
      '&amp;',
      '&',
      ':',
      '=',
      '\\',
      ' ',
      '\n',
      '\r',
      'a',
      'version',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), (words) => {
        const bytes = Buffer.from(words.join(''));
        const found = [...parseManifest(bytes).values(), ...parseProperties(bytes).values(), ...(parsePom(bytes).licenses ?? [])];
        expect(found.every((text) => text.length <= bytes.length)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds in a jar that passes what it finds in one that is there', () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(mavenJar('a', 'b', '1', { x: 'PK\x03\x04' }, { stored: true })),
    );
    const name = fc.constantFrom(
      'a.jar',
      'b.jar',
      'x.class',
      'y/pom.xml',
      'META-INF/maven/c/d/pom.properties',
      'META-INF/MANIFEST.MF',
      'PK',
    );
    const options = fc.record({
      stored: fc.boolean(),
      descriptors: fc.boolean(),
      zip64: fc.boolean(),
      prefix: fc.constantFrom('', '#!/bin/sh PK\n'),
    });
    fc.assert(
      fc.property(fc.dictionary(name, content), options, fc.integer({ min: 1, max: 400 }), (files, how, piece) => {
        const jar = jarOf(files, how);
        const whole = read(jar, 'a.jar', jar.length + 1);
        expect(read(jar, 'a.jar', piece).found).toEqual(whole.found);
        expect(collect(() => readArchive('a.jar', memorySource(jar, 'a.jar')))).toEqual({ found: whole.found, fault: whole.fault });
      }),
      { numRuns: 500 },
    );
  });

  it('is neither stopped nor held up by any change of a sound jar', () => {
    const jar = mavenJar('com.example', 'app', '1', {
      'META-INF/maven/com.example/app/pom.xml': '<project><licenses><license><name>MIT</name></license></licenses></project>',
      'lib/log4j-core-2.14.1.jar': mavenJar('org.apache.logging.log4j', 'log4j-core', '2.14.1', {}, { zip64: true }),
      'lib/stored-1.jar': mavenJar('com.example', 'stored', '1', {}, { stored: true, descriptors: true }),
    });
    const change = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), at: fc.nat(jar.length - 1), value: fc.integer({ min: 0, max: 255 }) }),
      fc.record({ kind: fc.constant('long' as const), at: fc.nat(jar.length - 4), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat(jar.length), value: fc.nat(200) }),
      fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(jar.length), value: fc.nat(200) }),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3000 }), (changes, piece) => {
        let bytes = Buffer.from(jar);
        for (const { kind, at, value } of changes) {
          if (kind === 'set' && at < bytes.length) bytes[at] = value;
          else if (kind === 'long' && at + 4 <= bytes.length) bytes.writeUInt32LE(value, at);
          else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)]);
          else if (kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, at + value), bytes.subarray(at)]);
        }
        const { fault, time, found } = read(bytes, 'opt/app.jar', piece);
        expect(fault === undefined || (fault instanceof Error && fault.constructor === Error)).toBe(true);
        expect(time).toBeLessThan(1000);
        expect(found.length).toBeLessThan(20);
      }),
      { numRuns: 1500 },
    );
  });
});
