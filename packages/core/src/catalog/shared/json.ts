/** What a JSON file says; a byte-order mark before it is passed over. Throws where it is no JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The fields of an object; none of anything else, a list too. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Longer names, versions and licences are none. */
const MAX_TEXT = 500;

/** A line of text, trimmed; undefined for anything else. JSON may escape halves of characters (`\ud800`), which no purl can hold. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_TEXT || !value.isWellFormed()) return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** More licences than one package has. */
const MAX_LICENSES = 50;

/** Licences: a text, an object with `type` (old npm), or a list of these. */
export function licensesOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value.slice(0, MAX_LICENSES) : [value];
  return all.flatMap((one) => textOf(one) ?? textOf(fieldsOf(one).type) ?? []);
}
