import { createHash } from 'node:crypto';

/** A weak entity tag of what a document is made from. */
export function entityTag(...parts: readonly string[]): string {
  return `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}"`;
}

/** Whether an `If-None-Match` header names a tag, compared weakly as GET asks: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const strong = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => strong(tag) === strong(etag));
}
