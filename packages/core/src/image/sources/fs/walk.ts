import { lstatSync, readdirSync, readlinkSync, statfsSync } from 'node:fs';
import { AppError, messageOf } from '../../../util/errors.ts';

/** One entry below a folder. Names are bytes: not every name is UTF-8. */
export interface FolderEntry {
  /** Seen from the folder, without a slash at either end. */
  readonly path: Buffer;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Bytes of a file, as it was when it was opened first; 0 for all else. */
  size: number;
  /** Someone may execute it. */
  executable: boolean;
  /** Target of a symlink, as written. */
  readonly link?: Buffer;
}

/** What a folder may hold. */
export interface FolderLimits {
  readonly maxEntries: number;
  readonly maxDepth: number;
}

const SLASH = Buffer.from('/');
/** Of /proc, /sys, cgroups 1 and 2, debugfs, tracefs, securityfs, bpf, pstore, configfs, binfmt_misc: https://man7.org/linux/man-pages/man2/statfs.2.html */
const PSEUDO: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673, 0xcafe4a11, 0x6165676c, 0x62656570, 0x42494e4d,
]);

/**
 * Everything below a folder, by the bytes of its names, each folder before what is in it: the same order each time. Links are not followed; devices,
 * sockets and pipes are left out, and so are file systems that the kernel makes up. What cannot be read is told and left out.
 * Throws `LIMIT_EXCEEDED`.
 */
export function* walkFolder(
  root: string,
  { maxEntries, maxDepth }: FolderLimits,
  tell: (path: string, why: string) => void,
): Generator<FolderEntry> {
  let count = 0;
  yield* below(Buffer.alloc(0), lstatSync(root).dev, 1);

  function* below(folder: Buffer, device: number, depth: number): Generator<FolderEntry> {
    for (const child of childrenOf(folder)) {
      const path = folder.length === 0 ? child.name : Buffer.concat([folder, SLASH, child.name]);
      const entry = toEntry(path, child);
      if (!entry) continue;
      count += 1;
      if (count > maxEntries) throw new AppError('LIMIT_EXCEEDED', `${root} holds more than ${maxEntries} files and folders`);
      const at = entry.kind === 'directory' ? deviceOf(path, device) : undefined;
      if (entry.kind === 'directory' && at === undefined) continue;
      yield entry;
      if (at === undefined) continue;
      if (depth < maxDepth) yield* below(path, at, depth + 1);
      else tell(path.toString(), `what lies deeper than ${maxDepth} folders is not read`);
    }
  }

  function childrenOf(folder: Buffer) {
    try {
      return readdirSync(fileOf(root, folder), { encoding: 'buffer', withFileTypes: true }).sort((a, b) => Buffer.compare(a.name, b.name));
    } catch (error) {
      tell(folder.toString(), messageOf(error));
      return [];
    }
  }

  function toEntry(path: Buffer, child: ReturnType<typeof childrenOf>[number]): FolderEntry | undefined {
    if (child.isFile()) return { path, kind: 'file', size: 0, executable: false };
    if (child.isDirectory()) return { path, kind: 'directory', size: 0, executable: true };
    if (!child.isSymbolicLink()) return undefined;
    try {
      return { path, kind: 'symlink', size: 0, executable: true, link: readlinkSync(fileOf(root, path), { encoding: 'buffer' }) };
    } catch (error) {
      tell(path.toString(), messageOf(error));
      return undefined;
    }
  }

  /** The device a folder lies on; undefined where it is to be left out. */
  function deviceOf(path: Buffer, above: number): number | undefined {
    try {
      const file = fileOf(root, path);
      const { dev } = lstatSync(file);
      return dev !== above && PSEUDO.has(statfsSync(file).type >>> 0) ? undefined : dev;
    } catch (error) {
      tell(path.toString(), messageOf(error));
      return undefined;
    }
  }
}

/** Where an entry lies on this machine. */
export function fileOf(root: string, path: Buffer): Buffer {
  return path.length === 0 ? Buffer.from(root) : Buffer.concat([Buffer.from(root === '/' ? '' : root), SLASH, path]);
}
