import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { support } from './index.ts';

const now = new Date('2026-06-01T00:00:00Z');
const until = (product: string, ends: string) => base({ facts: { support: { product, ends, ended: Date.parse(ends) < now.getTime() } } });

describe('support', () => {
  it.each([
    [
      'has ended',
      until('Debian 10', '2024-06-30'),
      until('Debian 11', '2026-08-31'),
      'disadvantage',
      'Debian 10 has had no support since 2024-06-30',
    ],
    [
      'ends soon',
      until('Debian 11', '2026-08-31'),
      until('Debian 11', '2026-08-31'),
      'disadvantage',
      'Support of Debian 11 ends on 2026-08-31',
    ],
    ['goes on', until('Debian 12', '2028-06-30'), until('Debian 11', '2026-08-31'), 'benefit', 'Debian 12 is supported until 2028-06-30'],
    [
      'goes on where the other ended',
      until('Python 3.13', '2029-10-31'),
      until('Python 3.9', '2025-10-31'),
      'benefit',
      'Python 3.13 is supported until 2029-10-31; Python 3.9 has not been since 2025-10-31',
    ],
  ])('that %s', (_, candidate, current, kind, text) => {
    expect(support.judge(candidate, current, now)).toMatchObject([{ kind, text }]);
  });

  it('weighs heavily only for who has it now', () => {
    const [gone, older] = [until('Node.js 18', '2025-04-30'), until('Node.js 16', '2023-09-11')];
    const weights = [until('Node.js 24', '2028-04-30'), gone, older].map((used) => support.judge(gone, used, now)[0]?.weight);
    expect(weights).toEqual([-8, 0, 0]);
    expect(support.judge(older, gone, now)[0]?.weight).toBe(-2);
  });

  it('is not spoken of where it is not known', () => {
    expect(support.judge(base(), until('Debian 11', '2026-08-31'), now)).toEqual([]);
  });
});
