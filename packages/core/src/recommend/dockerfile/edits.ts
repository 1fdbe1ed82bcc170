import type { Edit } from './types.ts';

/** Puts edits into a text. Offsets are those of the text as it is; two that say the same are one. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const once = new Map(edits.map((edit) => [`${edit.start} ${edit.end}`, edit]));
  return [...once.values()]
    .toSorted((a, b) => b.start - a.start)
    .reduce((changed, { start, end, text: put }) => changed.slice(0, start) + put + changed.slice(end), text);
}
