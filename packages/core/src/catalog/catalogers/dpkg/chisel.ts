import { zstdDecompressSync } from 'node:zlib';
import { fieldsOf, textOf } from '../../shared/json.ts';
import { decode, lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';

/** A manifest of a thousand packages has less than a tenth of it. */
const MAX_INFLATED = 128 * 1024 * 1024;

/**
 * What chisel cut out of Debian packages: zstd over lines of JSON, one for each package, slice, path. Slices are named `package_slice`, and
 * a path names the slices that it came with. It does not say from which source a package was built.
 * https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/
 */
export function* parseManifest(bytes: Uint8Array): Generator<Finding> {
  const owned = new Map<string, string[]>();
  const text = decode(bytes[0] === 0x28 ? zstdDecompressSync(bytes, { maxOutputLength: MAX_INFLATED }) : bytes);
  if (!text.startsWith('{"jsonwall":')) throw new Error('it is no manifest of chisel');
  for (const line of lines(text)) {
    if (line.trim() === '') continue;
    const { kind, name: written, version: release, arch, path, slices } = fieldsOf(JSON.parse(line));
    if (kind === 'package') {
      const name = textOf(written);
      const version = textOf(release);
      const architecture = textOf(arch);
      if (!name || !version) continue;
      yield { kind: 'package', draft: { type: 'deb', name, version, licenses: [], ...(architecture && { architecture }) } };
    } else if (kind === 'path' && Array.isArray(slices)) {
      const owner = textOf(slices[0])?.split('_', 1)[0];
      const place = textOf(path);
      if (!owner || !place || place.endsWith('/')) continue;
      const paths = owned.get(owner) ?? [];
      paths.push(place.replace(/^\//, ''));
      owned.set(owner, paths);
    }
  }
  for (const [owner, paths] of owned) yield { kind: 'owns', package: owner, paths };
}
