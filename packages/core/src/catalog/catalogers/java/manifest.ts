import { decode } from '../../shared/text.ts';

/** The main section ends at the first empty line; the rest are digests of signed files, and may be megabytes. */
const MAX_SECTION = 64 * 1024;
const MAX_VALUE = 2000;

/**
 * The main attributes of a manifest, by lower-case name. A line of at most 72 bytes continues on the next after a space.
 * https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#jar-manifest
 */
export function parseManifest(bytes: Uint8Array): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let name: string | undefined;
  for (const line of decode(bytes.subarray(0, MAX_SECTION)).split(/\r\n|\n|\r/)) {
    if (line === '') {
      if (attributes.size > 0) break;
      continue;
    }
    if (line[0] === ' ') {
      const value = name === undefined ? undefined : attributes.get(name);
      if (name !== undefined && value !== undefined && value.length < MAX_VALUE) attributes.set(name, value + line.slice(1));
      continue;
    }
    const colon = line.indexOf(':');
    const key = colon <= 0 ? undefined : line.slice(0, colon).toLowerCase();
    name = key !== undefined && !attributes.has(key) ? key : undefined;
    if (name !== undefined) attributes.set(name, line.slice(colon + 1).trimStart());
  }
  return attributes;
}
