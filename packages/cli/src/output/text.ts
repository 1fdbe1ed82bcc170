import { stripVTControlCharacters } from 'node:util';

/** Columns that every table fits. */
export const WIDTH = 80;

/** Text from an image or feed for a terminal: neither control characters nor marks that turn the line around reach it. */
export function printable(text: string): string {
  return text.replace(/[\n\t]/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

/** A whole document for a terminal: as {@link printable}, lines kept. */
export function printableLines(text: string): string {
  return text.replace(/\r\n/g, '\n').split('\n').map(printable).join('\n');
}

/** Cut to a width, with an ellipsis. */
export function clip(text: string, width: number): string {
  const characters = [...printable(text)];
  return characters.length <= width
    ? characters.join('')
    : `${characters
        .slice(0, Math.max(0, width - 1))
        .join('')
        .trimEnd()}…`;
}

/**
 * Pieces set one after the other, `gap` between them; what does not fit goes to a further line, indented. Colours do not count. A piece that is
 * wider than a line stands on its own.
 */
export function flow(
  pieces: readonly string[],
  options: { readonly first?: string; readonly indent: string; readonly gap?: string },
): readonly string[] {
  const { first = '', indent, gap = ' ' } = options;
  const lines: string[] = [];
  let line = first;
  let isBare = true;
  for (const piece of pieces) {
    const next = isBare ? `${line}${piece}` : `${line}${gap}${piece}`;
    if (isBare || widthOf(next) <= WIDTH) line = next;
    else {
      lines.push(line.trimEnd());
      line = `${indent}${piece}`;
    }
    isBare = false;
  }
  return [...lines, line.trimEnd()];
}

/** Prose of an image or feed within the width: `first` before its first line, `indent` before the others. */
export function wrap(text: string, options: { readonly first: string; readonly indent: string }): readonly string[] {
  return flow(printable(text).trim().split(/ +/), options);
}

/** Columns a text takes, colours left out. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** `74.8 MB`: decimal units, as registries count. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `3 days ago`, `just now`, seen from `now`; the page says the same. */
export function ageText(date: string | undefined, now: Date): string {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return 'at an unknown time';
  const minutes = Math.max(0, Math.floor((now.getTime() - time) / 60_000));
  if (minutes < 1) return 'just now';
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (hours < 1) return `${countText(minutes, 'minute')} ago`;
  if (hours < 48) return `${countText(hours, 'hour')} ago`;
  if (days < 90) return `${countText(days, 'day')} ago`;
  return `${days < 730 ? countText(Math.floor(days / 30.44), 'month') : countText(Math.floor(days / 365.25), 'year')} ago`;
}

/** `1 package`, `3 packages`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
