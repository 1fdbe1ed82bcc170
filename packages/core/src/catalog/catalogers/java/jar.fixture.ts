import { crc32, deflateRawSync } from 'node:zlib';
import type { Finding, ScanningCataloger } from '../../types.ts';

/** How a zip is written. */
export interface JarOptions {
  /** Files stored and not deflated. */
  readonly stored?: boolean;
  /** Sizes behind the files, as streams write them. */
  readonly descriptors?: boolean;
  /** The longer end record, and sizes in extra fields. */
  readonly zip64?: boolean;
  /** Bytes in front that the offsets do not count. */
  readonly prefix?: string;
  /** Size that the directory gives for every file. */
  readonly size?: number;
  readonly comment?: string;
}

/** Files of an archive, in order. */
export type JarFiles = Readonly<Record<string, string | Uint8Array>>;

/** Writes a jar. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function jarOf(files: JarFiles, options: JarOptions = {}): Buffer {
  const { stored = false, descriptors = false, zip64 = false, comment = '' } = options;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const size = options.size ?? bytes.length;
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(descriptors ? 8 : 0, 6);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    if (!descriptors) {
      local.writeUInt32LE(crc32(bytes), 14);
      local.writeUInt32LE(packed.length, 18);
      local.writeUInt32LE(size, 22);
    }
    local.writeUInt16LE(name.length, 26);
    const tail = Buffer.alloc(descriptors ? 16 : 0);
    if (descriptors) {
      tail.write('PK\x07\x08', 'latin1');
      tail.writeUInt32LE(crc32(bytes), 4);
      tail.writeUInt32LE(packed.length, 8);
      tail.writeUInt32LE(size, 12);
    }
    const extra = zip64 ? longSizes([size, packed.length, offset]) : Buffer.alloc(0);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(descriptors ? 8 : 0, 8);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(zip64 ? 0xffffffff : size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(zip64 ? 0xffffffff : offset, 42);
    parts.push(local, name, packed, tail);
    directory.push(entry, name, extra);
    offset += local.length + name.length + packed.length + tail.length;
  }
  const list = Buffer.concat(directory);
  const end = endOf({ count: Object.keys(files).length, length: list.length, offset, zip64, comment });
  return Buffer.concat([Buffer.from(options.prefix ?? ''), ...parts, list, end]);
}

function longSizes(sizes: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * sizes.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * sizes.length, 2);
  for (const [position, size] of sizes.entries()) extra.writeBigUInt64LE(BigInt(size), 4 + 8 * position);
  return extra;
}

function endOf(of: {
  readonly count: number;
  readonly length: number;
  readonly offset: number;
  readonly zip64: boolean;
  readonly comment: string;
}): Buffer {
  const { count, length, offset, zip64, comment } = of;
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const parts = [end, Buffer.from(comment)];
  if (!zip64) return Buffer.concat(parts);
  const long = Buffer.alloc(56);
  long.write('PK\x06\x06', 'latin1');
  long.writeBigUInt64LE(44n, 4);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(length), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([long, locator, ...parts]);
}

/** A jar as Maven builds one. */
export function mavenJar(group: string, artifact: string, version: string, more: JarFiles = {}, options: JarOptions = {}): Buffer {
  return jarOf({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n\r\n', ...mavenFiles(group, artifact, version), ...more }, options);
}

/** The `pom.properties` of an artifact, under its path. */
export function mavenFiles(group: string, artifact: string, version: string): JarFiles {
  return {
    [`META-INF/maven/${group}/${artifact}/pom.properties`]: `#Created by Apache Maven\nversion=${version}\ngroupId=${group}\nartifactId=${artifact}\n`,
  };
}

/** A manifest of these attributes. */
export function manifestOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries({ 'Manifest-Version': '1.0', ...attributes })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** What a cataloger finds in a file that passes in pieces of so many bytes. */
export function* scanBytes(cataloger: ScanningCataloger, path: string, bytes: Uint8Array, piece = 65_536): Generator<Finding> {
  const scan = cataloger.scan({ path, kind: 'file', size: bytes.length });
  // A scan may not hold on to a piece: each is wiped after its call.
  for (let at = 0, more = true; more && at < bytes.length; at += piece) {
    const chunk = Uint8Array.from(bytes.subarray(at, at + piece));
    more = scan.push(chunk);
    chunk.fill(0xff);
  }
  yield* scan.end();
}
