import { standardReports } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../util/errors.ts';
import { exceptFor } from './apply.ts';
import { noExceptions } from './load.ts';
import { parseVex, readVex } from './parse-vex.ts';

const { inventory, matches } = standardReports.rich;
const openMatches = matches.map(({ suppressed: _, ...found }) => found);

/** Words that readers look for, so that chance leads past the first check. */
const word = fc.constantFrom(
  '@context',
  'statements',
  'vulnerability',
  'products',
  '@id',
  'status',
  'not_affected',
  'bomFormat',
  'vulnerabilities',
  'analysis',
  'state',
  'affects',
  'ref',
  'components',
  'purl',
  'document',
  'product_tree',
  'branches',
  'relationships',
  'product_status',
  'pkg:npm/left@1',
  'pkg:%%%',
  'urn:cdx:#%',
  '__proto__',
);
const anything = fc.jsonValue({ maxDepth: 6 });
const shaped = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    word,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 5 }),
  ),
})).value;

describe('VEX documents that are not what they say', () => {
  it.each([
    ['OpenVEX', { '@context': 'https://openvex.dev/ns/v0.2.0' }],
    ['CycloneDX', { bomFormat: 'CycloneDX' }],
    ['CSAF', { document: { csaf_version: '2.0', category: 'csaf_vex' } }],
    ['nothing', {}],
  ])('%s: are read or refused, and never suppress everything', (_, head) => {
    fc.assert(
      fc.property(fc.oneof(anything, shaped), (value) => {
        const rest =
          typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { statements: value, vulnerabilities: value };
        try {
          const document = readVex({ ...rest, ...head }, 'fuzz.json');
          const judged = exceptFor(inventory.image, { ...noExceptions, documents: [document] }, new Date(0)).apply(
            openMatches,
            inventory.packages,
          );
          expect(judged.matches.filter(({ suppressed }) => suppressed)).toEqual([]);
        } catch (error) {
          if (!isAppError(error, 'VEX_UNREADABLE')) throw error;
        }
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it.each(['', '[', '"text"', '['.repeat(100_000), `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`])('text %#', (text) => {
    expect(() => parseVex(text, 'x.json')).toThrow(expect.objectContaining({ code: 'VEX_UNREADABLE' }));
  });

  it('take no longer for purls that are made to', () => {
    const purl = `pkg:npm/${'@'.repeat(200_000)}/`;
    const file = {
      document: { csaf_version: '2.0', category: 'csaf_vex' },
      product_tree: {
        full_product_names: [{ product_id: 'a', product_identification_helper: { purl } }, { product_id: 'b' }],
        relationships: [{ full_product_name: { product_id: 'c' }, product_reference: 'a', relates_to_product_reference: 'b' }],
      },
      vulnerabilities: [{ cve: 'CVE-1', product_status: { fixed: ['a', 'c'] } }],
    };
    const started = performance.now();
    readVex(file, 'x.json');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
