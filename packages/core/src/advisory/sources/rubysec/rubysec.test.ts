import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rubysec } from './index.ts';
import { parseRubySec } from './parse.ts';

testAdvisorySource(rubysec, {
  name: 'ruby-advisory-db-master/gems/left/CVE-2024-0001.yml',
  zip: true,
  records: 1,
  text: `---
gem: left
cve: 2024-0001
ghsa: aaaa-bbbb-cccc
url: "https://example.org/1"
title: "Left goes right"
date: 2024-01-02
description: "A long story."
cvss_v3: 7.5
patched_versions:
  - "~> 1.2.3"
  - ">= 2.0.1"
`,
});

const parse = (change: object) => {
  const found = parseRubySec('gems/left/CVE-2024-0001.yml', { gem: 'left', cve: '2024-0001', ...change });
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('rubysec', () => {
  it('reads an entry', () => {
    const change = { ghsa: 'aaaa', osvdb: 12, cvss_v2: 5, cvss_v3: 7.5, date: '2024-01-02', url: 'javascript:x', title: ' t ' };
    expect(parse({ ...change, patched_versions: ['~> 1.2.3', '>= 2.0.1'], unaffected_versions: ['< 1.0'] })).toEqual({
      id: 'CVE-2024-0001',
      aliases: ['GHSA-aaaa', 'OSVDB-12'],
      opinions: [{ source: 'rubysec', severity: 'high', score: 7.5 }],
      cwes: [],
      references: [],
      withdrawn: false,
      summary: 't',
      published: '2024-01-02T00:00:00Z',
      affected: [
        {
          ecosystem: 'gem',
          scheme: 'gem',
          name: 'left',
          status: 'affected',
          ranges: [
            { introduced: '1.0', fixed: '1.2.3' },
            { introduced: '1.3', fixed: '2.0.1' },
          ],
        },
      ],
    });
  });

  it('takes every version where nothing is patched', () => {
    expect(parse({})?.affected[0]?.ranges).toEqual([{ introduced: '0' }]);
  });

  it('reads entries about Ruby itself as about a program', () => {
    const [found] = parse({ gem: null, engine: 'ruby', patched_versions: ['~> 3.1.4', '>= 3.2.2'] })?.affected ?? [];
    expect(found).toMatchObject({ ecosystem: 'bitnami', scheme: 'generic', name: 'ruby' });
  });

  it('takes the newest score', () => {
    expect(parse({ cvss_v3: 9.8, cvss_v4: 6.9 })?.opinions).toEqual([{ source: 'rubysec', severity: 'medium', score: 6.9 }]);
  });

  it('has the name of its file as id where it has no other', () => {
    expect(parse({ cve: null })?.id).toBe('CVE-2024-0001');
  });

  it.each([
    ['about the gem of another platform', { platform: 'jruby' }],
    ['about no version', { patched_versions: ['>= 1'], unaffected_versions: ['< 1'] }],
  ])('leaves out one %s', (_name, change) => {
    expect(parse(change)).toBeUndefined();
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no gem', { cve: '2024-0001' }],
    ['a requirement that is none', { gem: 'left', patched_versions: ['soon'] }],
    ['a score out of the scale', { gem: 'left', cvss_v3: 98 }],
  ])('says what is wrong with %s', (_name, value) => {
    expect(parseRubySec('a.yml', value)).toEqual(expect.any(String));
  });

  it('throws at nothing that YAML can hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('patched_versions', 'unaffected_versions', 'cvss_v4', 'title', 'cve', 'date'),
        fc.jsonValue(),
        (key, value) => {
          const found = parseRubySec('a/b/c.yml', { ...{ gem: 'left', cve: '2024-0001' }, [key]: value });
          expect(['string', 'object', 'undefined']).toContain(typeof found);
        },
      ),
      { numRuns: 500 },
    );
  });
});
