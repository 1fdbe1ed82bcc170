import { describe, expect, it } from 'vitest';
import { csaf } from './index.ts';

const product = (id: string, purl?: string) => ({ product_id: id, ...(purl && { product_identification_helper: { purl } }) });
const file = (tree: object, vulnerability: object) => ({
  document: {
    csaf_version: '2.0',
    category: 'csaf_vex',
    publisher: { name: 'Shop' },
    tracking: { current_release_date: '2026-01-01T00:00:00Z' },
  },
  product_tree: tree,
  vulnerabilities: [{ cve: 'CVE-2099-1', ...vulnerability }],
});

describe('csaf', () => {
  it('recognises its version and category', () => {
    expect(csaf.recognises(file({}, {}))).toBe(true);
    for (const other of [null, {}, { document: {} }, { bomFormat: 'CycloneDX' }]) expect(csaf.recognises(other)).toBe(false);
  });

  it('reads a status and its reasons of a product', () => {
    const document = csaf.read(
      file(
        {
          branches: [{ branches: [{ product: product('a', 'pkg:npm/left@1') }] }],
          full_product_names: [product('b', 'pkg:npm/right')],
          product_groups: [{ group_id: 'g', product_ids: ['a'] }],
        },
        {
          product_status: { known_not_affected: ['a', 'b', 'nobody'] },
          flags: [{ label: 'component_not_present', group_ids: ['g'] }],
          threats: [
            { category: 'impact', details: 'not there', product_ids: ['a'] },
            { category: 'exploit_status', details: 'none', product_ids: ['a'] },
          ],
        },
      ),
    );
    expect(document).toEqual({
      author: 'Shop',
      statements: [
        {
          vulnerabilities: ['CVE-2099-1'],
          products: [{ ids: ['pkg:npm/left@1'] }],
          status: 'not_affected',
          reason: 'component_not_present: not there',
          time: Date.UTC(2026, 0, 1),
        },
        { vulnerabilities: ['CVE-2099-1'], products: [{ ids: ['pkg:npm/right'] }], status: 'not_affected', time: Date.UTC(2026, 0, 1) },
      ],
    });
  });

  it.each([
    ['an image', product('place', 'pkg:oci/shop'), 'pkg:npm/left', [{ ids: ['pkg:oci/shop'], parts: ['pkg:npm/left'] }]],
    ['a release, with its version', product('place'), 'pkg:rpm/redhat/left@1-1.el9', [{ ids: ['pkg:rpm/redhat/left@1-1.el9'] }]],
  ])('reads a component in %s', (_, place, purl, expected) => {
    const relationships = [
      {
        full_product_name: product('both'),
        product_reference: 'part',
        relates_to_product_reference: 'place',
        category: 'default_component_of',
      },
    ];
    const { statements } = csaf.read(
      file({ full_product_names: [place, product('part', purl)], relationships }, { product_status: { fixed: ['both'] } }),
    );
    expect(statements).toMatchObject([{ status: 'fixed', products: expected }]);
  });

  it('does not take a component without version in a release for that of every release', () => {
    const relationships = [{ full_product_name: product('both'), product_reference: 'part', relates_to_product_reference: 'place' }];
    const tree = { full_product_names: [product('place'), product('part', 'pkg:rpm/redhat/left')], relationships };
    expect(csaf.read(file(tree, { product_status: { known_not_affected: ['both'] } })).statements).toEqual([]);
  });

  it('ends where branches do not', () => {
    let deep: object = { product: product('a', 'pkg:npm/left') };
    for (let depth = 0; depth < 5000; depth += 1) deep = { branches: [deep] };
    expect(csaf.read(file(deep, { product_status: { fixed: ['a'] } })).statements).toEqual([]);
  });
});
