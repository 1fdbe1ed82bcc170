import { decode, lines } from '../../shared/text.ts';
import type { Finding } from '../../types.ts';
import { literal, nameOf, versionIn } from './literal.ts';

/**
 * Java properties: `key=value` or `key: value`, one a line. Values of more than one line do not occur in what Maven writes.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html
 */
export function parseProperties(bytes: Uint8Array): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of lines(decode(bytes))) {
    const text = line.trim();
    if (text === '' || text[0] === '#' || text[0] === '!') continue;
    const place = text.search(/[=:]/);
    if (place <= 0) continue;
    const key = text.slice(0, place).trim();
    if (!properties.has(key))
      properties.set(
        key,
        text
          .slice(place + 1)
          .replace(/\\(.)/g, '$1')
          .trim(),
      );
  }
  return properties;
}

/** The `pom.properties` of an archive that lies unpacked. */
export function* readLoneProperties(bytes: Uint8Array): Generator<Finding> {
  const properties = parseProperties(bytes);
  const group = literal(properties.get('groupId'));
  const artifact = literal(properties.get('artifactId'));
  const version = versionIn(properties.get('version'));
  if (!group || !artifact || !version) return;
  yield { kind: 'package', draft: { type: 'maven', name: nameOf({ group, artifact }), version, licenses: [] } };
}
