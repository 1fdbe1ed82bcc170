import type { ImageSummary } from '@plimsoll/model';

/** Ways to order the list. */
export const sorts = { risk: 'Most at risk', name: 'Name', age: 'Newest build', size: 'Largest', indexed: 'Last analysed' } as const;
/** See {@link sorts}. */
export type SortId = keyof typeof sorts;

/** The images that the text leaves, in order. */
export function selectImages(
  images: readonly ImageSummary[],
  search: { readonly q?: string | undefined; readonly sort: SortId },
): readonly ImageSummary[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ names, digest, os, base }: ImageSummary) => {
    const text = [...names, digest, os, base?.name].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return images.filter(fits).sort((a, b) => compare(a, b, search.sort) || nameOf(a).localeCompare(nameOf(b), 'en'));
}

function compare(a: ImageSummary, b: ImageSummary, sort: SortId): number {
  switch (sort) {
    case 'name':
      return 0;
    case 'age':
      return Date.parse(b.created ?? '') - Date.parse(a.created ?? '') || 0;
    case 'size':
      return b.size - a.size;
    case 'indexed':
      return a.indexed < b.indexed ? 1 : a.indexed > b.indexed ? -1 : 0;
    default:
      return riskOf(b) - riskOf(a);
  }
}

/** Exploited first, then severity by severity. */
function riskOf({ exploited, counts }: ImageSummary): number {
  return exploited * 1e9 + counts.critical * 1e6 + counts.high * 1e3 + counts.medium + counts.low / 1e3;
}

function nameOf({ names }: ImageSummary): string {
  return names[0] ?? '';
}
