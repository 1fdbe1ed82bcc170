import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { vulnerabilities } from './index.ts';

const having = (...ids: readonly string[]) => base({ vulnerabilities: ids });
const now = new Date(0);

describe('vulnerabilities', () => {
  it.each([
    ['takes some away', ['a'], ['a', 'b', 'c'], 'benefit', 'Image introduces no new vulnerability but removes 2'],
    ['has the same', ['a'], ['a'], 'benefit', 'Image has same vulnerabilities'],
    ['takes more than it brings', ['d'], ['a', 'b'], 'benefit', 'Image introduces 1 vulnerability and removes 2'],
    ['brings more than it takes', ['d', 'e'], ['a'], 'disadvantage', 'Image introduces 2 vulnerabilities and removes 1'],
  ])('speaks of one that %s', (_name, candidate, current, kind, text) => {
    expect(vulnerabilities.judge(having(...candidate), having(...current), now)).toMatchObject([{ kind, text }]);
  });

  it('says that it is unknown, which is no zero', () => {
    expect(vulnerabilities.judge(base(), having('a'), now)).toMatchObject([
      { kind: 'disadvantage', text: expect.stringContaining('unknown') },
    ]);
  });

  it('compares with nothing where the base in use is unknown', () => {
    expect(vulnerabilities.judge(having('a'), base(), now)).toEqual([]);
  });
});
