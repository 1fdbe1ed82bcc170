import { describe, expect, it } from 'vitest';
import { createTable } from './table.ts';
import { WIDTH } from './text.ts';

describe('createTable', () => {
  it('sets columns under each other, numbers to the right, nothing trailing', () => {
    expect(
      createTable(
        ['name', 'n'],
        [
          ['a', '1'],
          ['bc', '10'],
        ],
        { right: [1] },
      ),
    ).toBe('name   n\na      1\nbc    10');
  });

  it('cuts the widest of the columns that may be cut, and no other', () => {
    const table = createTable(['a', 'b', 'c'], [['x'.repeat(70), 'y'.repeat(20), 'z'.repeat(30)]], { flex: [0, 1] });
    const [, row = ''] = table.split('\n');
    expect([...row].length).toBe(WIDTH);
    expect(row).toContain(`${'x'.repeat(25)}…`);
    expect(row).toContain('y'.repeat(20));
    expect(row).toContain('z'.repeat(30));
  });

  it('does not count colours', () => {
    const red = `\u001b[31m${'x'.repeat(40)}\u001b[39m`;
    expect(createTable(['', ''], [[red, 'y'.repeat(38)]], { flex: [1] })).toContain('y'.repeat(38));
  });

  it('lets nothing of a cell that is cut steer the terminal', () => {
    expect(createTable(['a'], [['\u001b[2J']], { flex: [0] })).not.toContain('\u001b');
  });
});
