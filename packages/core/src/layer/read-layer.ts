import { type Diagnostic, type Digest, shortDigest } from '@plimsoll/model';
import { catalogFile, claimFile } from '../catalog/driver.ts';
import type { Cataloger } from '../catalog/types.ts';
import { decompress } from '../tar/decompress.ts';
import { createTarReader } from '../tar/reader.ts';
import type { TarEntry, TarSink } from '../tar/types.ts';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import { algorithmOf, createHasher } from '../util/hash.ts';
import type { FileFindings, LayerEntry, LayerFacts } from './types.ts';
import { readWhiteout } from './whiteout.ts';

/** What a layer may cost before it is called hostile. */
export interface LayerLimits {
  /** Bytes of the uncompressed tar. */
  readonly maxTarBytes: number;
  /** Uncompressed bytes for each stored one, once the first 64 MiB are out. */
  readonly maxRatio: number;
  readonly maxEntries: number;
  /** Bytes of claimed files, together. */
  readonly maxClaimedBytes: number;
}

/** Generous to honest images: the largest in use stay far below. */
const layerLimits: LayerLimits = { maxTarBytes: 256 * 1024 ** 3, maxRatio: 1100, maxEntries: 5_000_000, maxClaimedBytes: 1024 ** 3 };

const RATIO_GRACE = 64 * 1024 * 1024;

/**
 * Reads a layer once, as a stream: stored bytes are hashed, inflated, hashed again, walked, and the files that catalogers claim are read.
 * Throws `BLOB_DIGEST_MISMATCH`, `LAYER_DIFFID_MISMATCH`, `LAYER_UNREADABLE`, `LIMIT_EXCEEDED`, naming the layer.
 */
export async function readLayer(
  stored: AsyncIterable<Uint8Array>,
  expected: { readonly digest: Digest; readonly diffId: Digest },
  limits: LayerLimits = layerLimits,
): Promise<LayerFacts> {
  const storedHash = createHasher(algorithmOf(expected.digest));
  const tarHash = createHasher(algorithmOf(expected.diffId));
  const collector = createCollector(limits);
  const reader = createTarReader(collector.sink, { maxEntries: limits.maxEntries });
  let storedBytes = 0;
  let tarBytes = 0;
  try {
    for await (const chunk of decompress(hashed())) {
      tarBytes += chunk.length;
      if (tarBytes > limits.maxTarBytes) throw new AppError('LIMIT_EXCEEDED', `it inflates to more than ${limits.maxTarBytes} bytes`);
      if (tarBytes > RATIO_GRACE && tarBytes > storedBytes * limits.maxRatio) {
        throw new AppError('LIMIT_EXCEEDED', `it inflates to more than ${limits.maxRatio} times its size`);
      }
      tarHash.update(chunk);
      reader.push(chunk);
    }
    reader.finish();
  } catch (cause) {
    const code = isAppError(cause) && cause.code !== 'TAR_INVALID' ? cause.code : 'LAYER_UNREADABLE';
    throw new AppError(code, `reading the layer ${shortDigest(expected.digest)}: ${messageOf(cause)}`, { cause });
  }
  if (storedHash.digest() !== expected.digest) {
    throw new AppError('BLOB_DIGEST_MISMATCH', `the layer ${shortDigest(expected.digest)} is not what its digest says`, {
      hint: 'was it copied in full?',
    });
  }
  if (tarHash.digest() !== expected.diffId) {
    throw new AppError('LAYER_DIFFID_MISMATCH', `the layer ${shortDigest(expected.digest)} does not hold what the image config says`);
  }
  return { diffId: expected.diffId, tarBytes, ...collector.facts() };

  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stored) {
      storedBytes += chunk.length;
      storedHash.update(chunk);
      yield chunk;
    }
  }
}

/** Keeps entries and reads claimed files as the tar passes. */
function createCollector(limits: LayerLimits): { readonly sink: TarSink; facts(): Omit<LayerFacts, 'diffId' | 'tarBytes'> } {
  const entries: LayerEntry[] = [];
  const files = new Map<string, FileFindings>();
  const diagnostics: Diagnostic[] = [];
  let skippedFiles = 0;
  let claimedBytes = 0;
  let open: { readonly path: string; readonly cataloger: Cataloger; readonly bytes: Uint8Array; filled: number } | undefined;

  const sink: TarSink = {
    entry(entry) {
      const whiteout = readWhiteout(entry.path);
      if (whiteout === 'ignored') return false;
      entries.push(whiteout ?? toEntry(entry));
      if (whiteout) return false;
      const cataloger = entry.kind === 'file' || entry.kind === 'hardlink' ? claimFile(entry) : undefined;
      if (!cataloger) return false;
      files.delete(entry.path); // the last entry of a path counts
      if (entry.kind === 'hardlink') return linkFindings(entry, cataloger);
      claimedBytes += entry.size;
      if (entry.size > cataloger.maxBytes || claimedBytes > limits.maxClaimedBytes) {
        skip(entry.path, cataloger, `${entry.path} was left out: it has ${entry.size} bytes`);
        return false;
      }
      open = { path: entry.path, cataloger, bytes: new Uint8Array(entry.size), filled: 0 };
      if (entry.size === 0) sink.end();
      return true;
    },
    data(chunk) {
      if (!open) return;
      open.bytes.set(chunk, open.filled);
      open.filled += chunk.length;
    },
    end() {
      if (!open) return;
      const { path, cataloger, bytes } = open;
      open = undefined;
      const { findings, diagnostic } = catalogFile(cataloger, path, bytes);
      if (diagnostic) diagnostics.push(diagnostic);
      files.set(path, { path, cataloger: cataloger.id, findings });
    },
  };
  return { sink, facts: () => ({ entries, files: [...files.values()], diagnostics, skippedFiles }) };

  /** A hardlink is the file it names: known where that was read in this layer. */
  function linkFindings(entry: TarEntry, cataloger: Cataloger): boolean {
    const target = files.get(entry.link ?? '');
    if (target && target.cataloger === cataloger.id) files.set(entry.path, { ...target, path: entry.path });
    else
      skip(entry.path, cataloger, `${entry.path} was left out: it is a hard link to ${entry.link}, which this layer does not hold as one`);
    return false;
  }

  function skip(path: string, cataloger: Cataloger, message: string): void {
    skippedFiles += 1;
    diagnostics.push({ code: 'PACKAGE_FILE_SKIPPED', message, author: cataloger.id, path });
  }
}

function toEntry({ path, kind, size, link }: TarEntry): LayerEntry {
  return link === undefined ? { path, kind, size } : { path, kind, size, link };
}
