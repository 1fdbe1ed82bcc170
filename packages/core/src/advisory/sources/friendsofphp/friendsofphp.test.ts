import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { friendsofphp } from './index.ts';
import { parseFriendsOfPhp } from './parse.ts';

testAdvisorySource(friendsofphp, {
  name: 'security-advisories-master/acme/left/CVE-2024-0001.yaml',
  zip: true,
  records: 1,
  text: `title:     "Left goes right"
link:      "https://example.org/1"
cve:       "CVE-2024-0001"
reference: composer://acme/left
branches:
    1.x:
        time:     2024-01-02 08:00:00
        versions: ['>=1.0.0', '<1.2.3']
`,
});

const branches = { '1.x': { time: '2024-03-02 08:00:00', versions: ['>=1.0', '<1.2.3'] } };
const parse = (change: object) => {
  const found = parseFriendsOfPhp('db/acme/left/2024-03-02.yaml', { reference: 'composer://Acme/Left', branches, ...change });
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('friendsofphp', () => {
  it('reads an advisory', () => {
    const more = {
      '2.x': { time: '2024-02-02 09:00:00', versions: ['>2.0', '<=2.4'] },
      '3.x': { time: null, versions: ['>=3.0', '<4.0'] },
    };
    expect(parse({ cve: 'CVE-2024-0001', title: 't', link: 'https://example.org/1', branches: { ...branches, ...more } })).toEqual({
      id: 'CVE-2024-0001',
      aliases: [],
      opinions: [],
      cwes: [],
      references: ['https://example.org/1'],
      withdrawn: false,
      summary: 't',
      published: '2024-02-02T00:00:00Z',
      affected: [
        {
          ecosystem: 'composer',
          name: 'acme/left',
          scheme: 'composer',
          status: 'affected',
          ranges: [
            { introduced: '1.0', fixed: '1.2.3' },
            { after: '2.0', lastAffected: '2.4' },
            { introduced: '3.0', before: '4.0' },
          ],
        },
      ],
    });
  });

  it.each([null, '~', 'CVE-2024-XXXX'])('has the path of its file as id where its CVE is %j', (cve) => {
    expect(parse({ cve }).id).toBe('Acme/Left/2024-03-02');
  });

  it.each([
    ['nothing', null],
    ['no reference', { branches }],
    ['a package of no Composer', { reference: 'pear://a', branches }],
    ['no branches', { reference: 'composer://a/b', branches: {} }],
    ['a bound that is none', { reference: 'composer://a/b', branches: { x: { versions: ['dev-main'] } } }],
    ['a bound that is no list', { reference: 'composer://a/b', branches: { x: { versions: '<1' } } }],
  ])('says what is wrong with %s', (_name, value) => {
    expect(parseFriendsOfPhp('a.yaml', value)).toEqual(expect.any(String));
  });

  it('throws at nothing that YAML can hold', () => {
    fc.assert(
      fc.property(fc.constantFrom('branches', 'cve', 'title', 'link', 'reference'), fc.jsonValue(), (key, value) => {
        const found = parseFriendsOfPhp('a/b/c.yml', { ...{ reference: 'composer://a/b', branches }, [key]: value });
        expect(['string', 'object', 'undefined']).toContain(typeof found);
      }),
      { numRuns: 500 },
    );
  });
});
