import { describe, expect, it } from 'vitest';
import { cyclonedx } from './index.ts';

const bom = (more: object) => ({ bomFormat: 'CycloneDX', specVersion: '1.6', ...more });
const said = (state: string, affects: readonly object[] = [{ ref: 'pkg:npm/left@1' }]) => ({
  id: 'CVE-2099-1',
  analysis: { state },
  affects,
});

describe('cyclonedx', () => {
  it('recognises a BOM', () => {
    expect(cyclonedx.recognises(bom({}))).toBe(true);
    for (const other of [null, {}, { bomFormat: 'SPDX' }]) expect(cyclonedx.recognises(other)).toBe(false);
  });

  it('reads an analysis of a component', () => {
    const document = cyclonedx.read(
      bom({
        metadata: { timestamp: '2026-01-01T00:00:00Z', supplier: { name: 'Shop' } },
        components: [{ 'bom-ref': 'a', components: [{ 'bom-ref': 'b', purl: 'pkg:npm/left@1.0.0' }] }],
        vulnerabilities: [
          {
            id: 'CVE-2099-1',
            references: [{ id: 'GHSA-1' }],
            analysis: {
              state: 'not_affected',
              justification: 'code_not_reachable',
              detail: 'never called',
              lastUpdated: '2026-02-01T00:00:00Z',
            },
            affects: [{ ref: 'b' }, { ref: 'nowhere' }],
          },
        ],
      }),
    );
    expect(document).toEqual({
      author: 'Shop',
      statements: [
        {
          vulnerabilities: ['CVE-2099-1', 'GHSA-1'],
          products: [{ ids: ['pkg:npm/left@1.0.0'] }],
          status: 'not_affected',
          reason: 'code_not_reachable: never called',
          time: Date.UTC(2026, 1, 1),
        },
      ],
    });
  });

  it.each([
    ['resolved', 'fixed'],
    ['resolved_with_pedigree', 'fixed'],
    ['false_positive', 'not_affected'],
    ['exploitable', 'affected'],
    ['in_triage', 'under_investigation'],
  ])('takes %s for %s', (state, status) => {
    expect(cyclonedx.read(bom({ vulnerabilities: [said(state)] })).statements).toMatchObject([{ status }]);
  });

  it('passes over what is not analysed, and words nobody knows', () => {
    expect(
      cyclonedx.read(bom({ vulnerabilities: [{ id: 'CVE-1' }, said('fine'), { analysis: { state: 'resolved' } }] })).statements,
    ).toEqual([]);
  });

  it('says of an image’s component what it says of it in that image', () => {
    const image = 'pkg:oci/shop@sha256:00?repository_url=registry.example/shop';
    const { statements } = cyclonedx.read(
      bom({
        metadata: { component: { 'bom-ref': 'image', purl: image } },
        vulnerabilities: [said('resolved', [{ ref: 'pkg:npm/left@1' }, { ref: 'image' }])],
      }),
    );
    expect(statements[0]?.products).toEqual([{ ids: [image], parts: ['pkg:npm/left@1'] }, { ids: [image] }]);
  });

  it('reads references to other BOMs, and versions beside a component', () => {
    const affects = [
      {
        ref: 'urn:cdx:00000000-0000-0000-0000-000000000000/1#pkg%3Anpm%2F%2540shop%2Fcart',
        versions: [{ version: '1.0' }, { range: 'vers:npm/<2' }],
      },
    ];
    const { statements } = cyclonedx.read(bom({ vulnerabilities: [said('resolved', affects)] }));
    expect(statements[0]?.products).toEqual([{ ids: ['pkg:npm/%40shop/cart@1.0'] }]);
  });
});
