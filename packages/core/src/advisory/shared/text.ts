/** Addresses that a page may link to; others are dropped. */
export function linksOf(addresses: Iterable<string>): readonly string[] {
  const links = new Set<string>();
  for (const address of addresses) {
    if (address.length <= 2000 && /^https?:\/\//i.test(address) && URL.canParse(address)) links.add(address);
  }
  return [...links];
}

/** A text of a feed, of bounded length. Undefined where there is none. */
export function textOf(text: string | null | undefined, limit: number): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  return trimmed.length > limit ? `${trimmed.slice(0, limit - 1)}…` : trimmed;
}
