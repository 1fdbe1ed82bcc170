import { describe, expect, it } from 'vitest';
import { openvex } from './index.ts';

const context = { '@context': 'https://openvex.dev/ns/v0.2.0' };

describe('openvex', () => {
  it('recognises its context and nothing else', () => {
    expect(openvex.recognises({ ...context, statements: [] })).toBe(true);
    for (const other of [null, 'text', [], {}, { '@context': 'https://spdx.org' }, { bomFormat: 'CycloneDX' }])
      expect(openvex.recognises(other)).toBe(false);
  });

  it('reads who says what of which part of which product, and when', () => {
    const document = openvex.read({
      ...context,
      author: 'Shop',
      timestamp: '2026-01-01T00:00:00Z',
      statements: [
        {
          vulnerability: { '@id': 'https://vuln.example/CVE-2099-1', name: 'CVE-2099-1', aliases: ['GHSA-1'] },
          products: [
            { '@id': 'pkg:oci/shop', subcomponents: [{ '@id': 'pkg:npm/left@1' }, { identifiers: { purl: 'pkg:npm/right' } }] },
            { '@id': 'x', identifiers: { purl: 'pkg:npm/left' } },
          ],
          status: 'not_affected',
          justification: 'component_not_present',
          status_notes: 'it is not there',
        },
        { vulnerability: { name: 'CVE-2099-2' }, status: 'fixed', timestamp: '2026-02-01T00:00:00Z' },
      ],
    });
    expect(document).toEqual({
      author: 'Shop',
      statements: [
        {
          vulnerabilities: ['CVE-2099-1', 'GHSA-1'],
          products: [{ ids: ['pkg:oci/shop'], parts: ['pkg:npm/left@1', 'pkg:npm/right'] }, { ids: ['x', 'pkg:npm/left'] }],
          status: 'not_affected',
          reason: 'component_not_present: it is not there',
          time: Date.UTC(2026, 0, 1),
        },
        { vulnerabilities: ['CVE-2099-2'], products: [], status: 'fixed', time: Date.UTC(2026, 1, 1) },
      ],
    });
  });

  it('reads the bare texts of 0.0.1', () => {
    const { statements } = openvex.read({
      '@context': 'https://openvex.dev/ns',
      statements: [{ vulnerability: 'CVE-2099-1', products: ['pkg:npm/left'], status: 'affected' }],
    });
    expect(statements).toEqual([{ vulnerabilities: ['CVE-2099-1'], products: [{ ids: ['pkg:npm/left'] }], status: 'affected', time: 0 }]);
  });

  it.each([{}, { statements: 1 }, { statements: [{ vulnerability: 'CVE-1', status: 'fine' }] }, { statements: [{ status: 'fixed' }] }])(
    'refuses %j',
    (rest) => {
      expect(() => openvex.read({ ...context, ...rest })).toThrow();
    },
  );
});
