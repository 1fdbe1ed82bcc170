import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './measure.ts';

/** How layers are packed. */
export type Packing = 'gzip' | 'zstd';

/** An image that was made for the bench. */
export interface MadeImage {
  readonly layout: string;
  readonly layers: readonly string[];
  /** Bytes, all layers together. */
  readonly stored: number;
  readonly inflated: number;
  readonly files: number;
}

/**
 * An OCI layout filled with files of /usr in the order of the folder (small ones only, where many are wanted), cut into `count` layers of
 * equal size, `bytes` in all.
 */
export function makeImage(
  folder: string,
  { bytes, count, packing, small }: { readonly bytes: number; readonly count: number; readonly packing: Packing; readonly small: boolean },
): MadeImage {
  const layout = path.join(folder, 'image');
  const blobs = path.join(layout, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const found = collectFiles('/usr', bytes, small ? SMALL : Number.POSITIVE_INFINITY);
  const parts = cut(found, count);
  const layers = parts.map((files, index) => {
    const list = path.join(folder, `files-${index}`);
    const tar = path.join(folder, `layer-${index}.tar`);
    writeFileSync(list, ['var/lib/dpkg/status', ...files.map((file) => file.slice(1))].join('\n'));
    run(['tar', '-C', '/', '--no-recursion', '-cf', tar, '-T', list]);
    const diffId = hashFile(tar);
    const size = statSync(tar).size;
    const packed = `${tar}.${packing === 'gzip' ? 'gz' : 'zst'}`;
    run(packing === 'gzip' ? ['gzip', '-6', '-n', tar] : ['zstd', '-q', '-3', '--rm', tar]);
    const digest = hashFile(packed);
    const blob = path.join(blobs, digest);
    run(['mv', packed, blob]);
    return { blob, diffId, digest, size, stored: statSync(blob).size };
  });
  const put = (mediaType: string, value: unknown) => {
    const text = JSON.stringify(value);
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(path.join(blobs, digest), text);
    return { mediaType, digest: `sha256:${digest}`, size: text.length };
  };
  const config = put('application/vnd.oci.image.config.v1+json', {
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => `sha256:${diffId}`) },
    history: layers.map((_, index) => ({ created_by: `COPY part-${index} /` })),
  });
  const manifest = put('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    config,
    layers: layers.map(({ digest, stored }) => ({
      mediaType: `application/vnd.oci.image.layer.v1.tar+${packing}`,
      digest: `sha256:${digest}`,
      size: stored,
    })),
  });
  writeFileSync(path.join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(path.join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  const sum = (of: (layer: (typeof layers)[number]) => number) => layers.reduce((total, layer) => total + of(layer), 0);
  return {
    layout,
    layers: layers.map(({ blob }) => blob),
    stored: sum((layer) => layer.stored),
    inflated: sum((layer) => layer.size),
    files: found.length,
  };
}

function collectFiles(start: string, bytes: number, most: number): readonly { readonly file: string; readonly size: number }[] {
  const found: { file: string; size: number }[] = [];
  let total = 0;
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (total >= bytes) return;
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile()) {
        const { size } = statSync(file);
        if (size > most) continue;
        total += size;
        found.push({ file, size });
      }
    }
  };
  walk(start);
  return found;
}

function cut(files: readonly { readonly file: string; readonly size: number }[], count: number): readonly (readonly string[])[] {
  const share = files.reduce((total, { size }) => total + size, 0) / count;
  const parts: string[][] = [[]];
  let filled = 0;
  for (const { file, size } of files) {
    if (filled >= share && parts.length < count) {
      parts.push([]);
      filled = 0;
    }
    parts.at(-1)?.push(file);
    filled += size;
  }
  return parts;
}

function hashFile(file: string): string {
  return run(['sha256sum', file]).slice(0, 64);
}

/** Bytes up to which a file is small. */
const SMALL = 16 * 1024;
