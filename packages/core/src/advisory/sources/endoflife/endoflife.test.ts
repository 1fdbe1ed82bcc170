import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { endoflife } from './index.ts';
import { parseLifecycles } from './parse.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const answer = {
  schema_version: '1.2.0',
  result: [
    {
      name: 'debian',
      label: 'Debian',
      releases: [
        { name: '13', eolFrom: '2028-08-09' },
        { name: '12', eolFrom: '2026-07-11' },
      ],
    },
    {
      name: 'alpine-linux',
      label: 'Alpine Linux',
      releases: [
        { name: '3.20', eolFrom: '2026-04-01' },
        { name: 'edge', eolFrom: null },
      ],
    },
  ],
};

testAdvisorySource(endoflife, { name: 'full.json', records: 3, text: JSON.stringify(answer) });

describe('endoflife', () => {
  it('reads the answer of the API', () => {
    expect(parseLifecycles(encode(answer))).toEqual([
      { product: 'debian', cycle: '13', title: 'Debian 13', ends: '2028-08-09' },
      { product: 'debian', cycle: '12', title: 'Debian 12', ends: '2026-07-11' },
      { product: 'alpine', cycle: '3.20', title: 'Alpine Linux 3.20', ends: '2026-04-01' },
    ]);
  });

  it('reads the products’ files', () => {
    const files = {
      python: {
        title: 'Python',
        releases: [
          { releaseCycle: '3.9', eol: '2025-10-31' },
          { releaseCycle: '4', eol: false },
        ],
      },
    };
    expect(parseLifecycles(encode(files))).toEqual([{ product: 'python', cycle: '3.9', title: 'Python 3.9', ends: '2025-10-31' }]);
    expect(endoflife.recognises('products.json', encode(files))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['another shape', '[1]'],
    ['a list that is cut off', '{"result": ['],
  ])('refuses %s', (_, text) => {
    expect(() => parseLifecycles(encode(text))).toThrow(expect.objectContaining({ code: 'ADVISORY_UNREADABLE' }));
  });
});
