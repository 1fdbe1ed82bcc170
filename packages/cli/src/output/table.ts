import Table from 'cli-table3';
import { clip, WIDTH, widthOf } from './text.ts';

const GAP = '  ';
const NARROWEST = 8;

/**
 * A table without frames. Columns that may `flex` hold plain text and are cut where the table would not fit a terminal, the widest first;
 * columns at the `right` end at their right.
 */
export function createTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly right?: readonly number[]; readonly flex?: readonly number[] } = {},
): string {
  const { right = [], flex = [] } = options;
  const widths = fit([head, ...rows], flex);
  const table = new Table({
    head: [...head],
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: GAP,
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  for (const row of rows) table.push(row.map((cell, column) => (flex.includes(column) ? clip(cell, widths[column] ?? 0) : cell)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function fit(rows: readonly (readonly string[])[], flex: readonly number[]): readonly number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  let excess = widths.reduce((total, width) => total + width, 0) + GAP.length * (columns - 1) - WIDTH;
  while (excess > 0) {
    const widest = flex.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    const width = widest === undefined ? 0 : (widths[widest] ?? 0);
    if (widest === undefined || width <= NARROWEST) break;
    widths[widest] = width - 1;
    excess -= 1;
  }
  return widths;
}
