import type { HiddenPackage, Inventory, Package } from '@plimsoll/model';
import { createPurlReader, fitsPackage } from '../../exception/purl.ts';

const MOST_SIMILAR = 5;
/** A common start of fewer letters is chance. */
const SHORTEST_START = 4;

/** The packages a person means: by id, purl, `name@version`, name, or the name of the source package. Hidden ones too. */
export function findPackages({ packages, hidden }: Inventory, wanted: string): readonly (Package | HiddenPackage)[] {
  const all = [...packages, ...hidden];
  const byId = all.filter(({ id }) => id === wanted);
  if (byId.length > 0) return byId;
  const readPurl = createPurlReader();
  const purl = readPurl(wanted);
  if (purl) {
    return all.filter((item) => {
      const own = readPurl(item.purl);
      return own !== undefined && fitsPackage(purl, own);
    });
  }
  const named = (same: (name: string) => boolean) =>
    all.filter(({ name, version }) => same(name) || same(`${name}@${version}`) || same(`${name} ${version}`));
  const lower = wanted.toLowerCase();
  for (const found of [
    named((name) => name === wanted),
    named((name) => name.toLowerCase() === lower),
    all.filter(({ origin }) => origin?.name === wanted),
  ])
    if (found.length > 0) return found;
  return [];
}

/** Names of packages that a person may have meant. */
export function findSimilar({ packages, hidden }: Inventory, wanted: string): readonly string[] {
  const bare = wanted.startsWith('pkg:') ? (createPurlReader()(wanted)?.name ?? wanted) : wanted.split('@')[0] || wanted;
  const lower = bare.toLowerCase();
  if (lower.length < 2) return [];
  const names = [...new Set([...packages, ...hidden].map(({ name }) => name))];
  const start = lower.slice(0, Math.max(SHORTEST_START, lower.length - 2));
  const like = names.filter((name) => {
    const own = name.toLowerCase();
    return own.includes(lower) || (own.length >= SHORTEST_START && (lower.includes(own) || own.startsWith(start)));
  });
  return like.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST_SIMILAR);
}
