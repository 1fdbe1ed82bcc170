import type { Digest } from '@plimsoll/model';

/** A UUID made from a digest (version 8, free form): the same image gives the same document. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
export function uuidOf(digest: Digest): string {
  const hex = digest.slice(digest.indexOf(':') + 1);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
