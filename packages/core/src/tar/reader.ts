import { AppError } from '../util/errors.ts';
import { createExtensions, isExtension } from './extensions.ts';
import { BLOCK, type Header, parseHeader } from './header.ts';
import type { TarReader, TarSink } from './types.ts';

/** What a tar may hold before it is called hostile. */
export interface TarLimits {
  readonly maxEntries: number;
  /** Bytes of one pax header or long name. */
  readonly maxHeaderBytes: number;
}

const DEFAULTS: TarLimits = { maxEntries: 5_000_000, maxHeaderBytes: 1024 * 1024 };

type State = 'header' | 'sparse' | 'meta' | 'data' | 'skip' | 'padding';

/**
 * Reads a tar that is pushed in as it comes, without holding content. Applies pax and GNU extensions; a block of zeros does not end
 * it, since concatenated tars are met in layers.
 */
export function createTarReader(sink: TarSink, limits: Partial<TarLimits> = {}): TarReader {
  const { maxEntries, maxHeaderBytes } = { ...DEFAULTS, ...limits };
  const block = new Uint8Array(BLOCK);
  let filled = 0;
  let state: State = 'header';
  let left = 0; // bytes of the current content still to come
  let padding = 0;
  let entries = 0;
  let current: Header | undefined;
  let meta: Uint8Array[] = [];
  const extensions = createExtensions();

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) at = step(chunk, at);
    },
    finish() {
      const atBoundary = state === 'header' && filled === 0;
      if (!atBoundary && state !== 'padding') throw new AppError('TAR_INVALID', 'the tar stops in the middle of an entry');
    },
  };

  function step(chunk: Uint8Array, at: number): number {
    switch (state) {
      case 'header':
      case 'sparse':
        return readBlock(chunk, at);
      case 'padding': {
        const taken = Math.min(padding, chunk.length - at);
        padding -= taken;
        if (padding === 0) state = 'header';
        return at + taken;
      }
      default:
        return readContent(chunk, at);
    }
  }

  function readBlock(chunk: Uint8Array, at: number): number {
    if (filled === 0 && chunk.length - at >= BLOCK) {
      handleBlock(chunk.subarray(at, at + BLOCK));
      return at + BLOCK;
    }
    const taken = Math.min(BLOCK - filled, chunk.length - at);
    block.set(chunk.subarray(at, at + taken), filled);
    filled += taken;
    if (filled === BLOCK) {
      filled = 0;
      handleBlock(block);
    }
    return at + taken;
  }

  function readContent(chunk: Uint8Array, at: number): number {
    const taken = Math.min(left, chunk.length - at);
    if (state === 'data') sink.data(chunk.subarray(at, at + taken));
    else if (state === 'meta') meta.push(chunk.slice(at, at + taken));
    left -= taken;
    if (left === 0) endContent();
    return at + taken;
  }

  function handleBlock(bytes: Uint8Array): void {
    if (state === 'sparse') {
      if (bytes[504] !== 1) startEntry(current as Header);
      return;
    }
    const header = parseHeader(bytes);
    if (!header) return;
    entries += 1;
    if (entries > maxEntries) throw new AppError('LIMIT_EXCEEDED', `the tar has more than ${maxEntries} entries`);
    current = header;
    if (isExtension(header)) {
      if (header.size > maxHeaderBytes) throw new AppError('LIMIT_EXCEEDED', `a tar header is larger than ${maxHeaderBytes} bytes`);
      meta = [];
      startContent('meta', header.size);
    } else if (header.extended) {
      state = 'sparse';
    } else {
      startEntry(header);
    }
  }

  function startEntry(header: Header): void {
    const { entry, stored, sparse } = extensions.apply(header);
    const wanted = sink.entry(entry) && entry.kind === 'file' && !sparse;
    startContent(wanted ? 'data' : 'skip', stored);
  }

  function startContent(next: 'meta' | 'data' | 'skip', size: number): void {
    state = next;
    left = size;
    padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0) endContent();
  }

  function endContent(): void {
    const ended = state;
    state = padding > 0 ? 'padding' : 'header';
    if (ended === 'data') sink.end();
    else if (ended === 'meta' && current) extensions.note(current, Buffer.concat(meta));
  }
}
