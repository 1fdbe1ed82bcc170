/** Text of a package file; bytes that are not UTF-8 become U+FFFD, since old Latin-1 names of maintainers are met. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/**
 * Paragraphs of `Field: value` lines (deb822, mail headers), fields by lower-case name. Continuation lines are dropped but for their first:
 * no field that matters here has any. https://www.debian.org/doc/debian-policy/ch-controlfields.html
 */
export function* parseParagraphs(text: string): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>();
  for (const line of lines(text)) {
    if (line === '' || line === '\r') {
      if (fields.size > 0) yield fields;
      fields = new Map();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || line[0] === ' ' || line[0] === '\t' || line[0] === '#') continue;
    const name = line.slice(0, colon).toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  if (fields.size > 0) yield fields;
}

/** Lines without holding them all. */
export function* lines(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    if (end === -1) {
      yield text.slice(start);
      return;
    }
    yield text.slice(start, end);
    start = end + 1;
  }
}
