import { AppError } from '../util/errors.ts';
import { normalisePath } from '../util/path.ts';
import { decodeText, type Header } from './header.ts';
import { parsePax } from './pax.ts';
import type { EntryKind, TarEntry } from './types.ts';

/** An entry with pax and GNU extensions applied, and how many bytes of content follow its header. */
export interface ExtendedEntry {
  readonly entry: TarEntry;
  readonly stored: number;
  /** The content is not the file's bytes: holes are left out. */
  readonly sparse: boolean;
}

/** Whether a header's content describes the entry after it. */
export function isExtension({ type }: Header): boolean {
  return type === 'x' || type === 'g' || type === 'L' || type === 'K';
}

/** Keeps what extension headers said until the entry they speak of comes. */
export function createExtensions() {
  let globals: ReadonlyMap<string, string> = new Map();
  let local: ReadonlyMap<string, string> = new Map();
  let longName: string | undefined;
  let longLink: string | undefined;

  return {
    /** Takes the content of a header for which {@link isExtension} holds. */
    note({ type }: Header, bytes: Uint8Array): void {
      if (type === 'x') local = parsePax(bytes);
      else if (type === 'g') globals = new Map([...globals, ...parsePax(bytes)]);
      else {
        const zero = bytes.indexOf(0);
        const text = decodeText(zero === -1 ? bytes : bytes.subarray(0, zero));
        if (type === 'L') longName = text;
        else longLink = text;
      }
    },

    /** Applies what was noted to the header of an entry, and forgets it. */
    apply(header: Header): ExtendedEntry {
      // An empty value takes a record back: the header counts.
      const get = (key: string) => (local.get(key) ?? globals.get(key)) || undefined;
      const size = paxNumber(get('size')) ?? header.size;
      const sparse = header.type === 'S' || get('GNU.sparse.major') !== undefined || get('GNU.sparse.numblocks') !== undefined;
      const real = paxNumber(get('GNU.sparse.realsize') ?? get('GNU.sparse.size')) ?? header.realSize ?? size;
      const name = get('GNU.sparse.name') ?? get('path') ?? longName ?? header.name;
      const kind = kindOf(header, name);
      const target = get('linkpath') ?? longLink ?? header.link;
      local = new Map();
      longName = undefined;
      longLink = undefined;
      const entry: TarEntry = {
        path: normalisePath(name),
        kind,
        size: kind === 'file' ? (sparse ? real : size) : 0,
        ...(kind === 'file' && header.executable && { executable: true as const }),
        ...(kind === 'symlink' && { link: target }),
        ...(kind === 'hardlink' && { link: normalisePath(target) }),
      };
      return { entry, sparse, stored: kind === 'file' || (kind === 'other' && !isDevice(header)) ? size : 0 };
    },
  };
}

/** As engines read it (https://pkg.go.dev/archive/tar): links, directories, devices and pipes carry no content, whatever their size says. */
function kindOf({ type }: Header, name: string): EntryKind {
  switch (type) {
    case '\0':
      return name.endsWith('/') ? 'directory' : 'file'; // before ustar a directory was a file with a slash at its end
    case '0':
    case '7':
    case 'S':
      return 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '5':
      return 'directory';
    default:
      return 'other';
  }
}

function isDevice({ type }: Header): boolean {
  return type === '3' || type === '4' || type === '6';
}

function paxNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new AppError('TAR_INVALID', 'a pax header of a tar has a size that cannot be');
  return value;
}
