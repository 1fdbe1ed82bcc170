import { describe, expect, it } from 'vitest';
import { readSbom } from '../../read.ts';
import { cyclonedx } from './index.ts';

const bom = (components: readonly object[], more: object = {}) => ({ bomFormat: 'CycloneDX', specVersion: '1.6', components, ...more });
const openssl = 'pkg:deb/debian/libssl1.1@1.1.1n-0%2Bdeb11u3?arch=amd64&distro=debian-11&upstream=openssl%401.1.1n-0';

describe('cyclonedx', () => {
  it('reads packages, nested ones too, and the distribution', () => {
    const content = cyclonedx.read(
      bom(
        [
          { type: 'operating-system', name: 'debian', version: '11', description: 'Debian GNU/Linux 11 (bullseye)' },
          {
            type: 'library',
            'bom-ref': 'a',
            name: 'libssl1.1',
            purl: openssl,
            licenses: [{ license: { id: 'OpenSSL' } }, { expression: 'MIT OR ISC' }],
            evidence: { occurrences: [{ location: '/var/lib/dpkg/status' }] },
            components: [
              {
                type: 'library',
                name: 'core',
                purl: 'pkg:npm/%40babel/core@7.0.0',
                properties: [{ name: 'plimsoll:ownedBy', value: 'a' }],
              },
            ],
          },
        ],
        { metadata: { component: { name: 'shop:1' } } },
      ),
    );
    expect(content).toEqual({
      name: 'shop:1',
      distro: { id: 'debian', version: '11', name: 'Debian GNU/Linux 11 (bullseye)', like: [] },
      passedOver: 0,
      packages: [
        {
          ref: 'a',
          type: 'deb',
          name: 'libssl1.1',
          version: '1.1.1n-0+deb11u3',
          architecture: 'amd64',
          origin: { name: 'openssl', version: '1.1.1n-0' },
          licenses: ['OpenSSL', 'MIT OR ISC'],
          path: 'var/lib/dpkg/status',
        },
        { ref: 'pkg:npm/%40babel/core@7.0.0', type: 'npm', name: '@babel/core', version: '7.0.0', licenses: [], ownedBy: 'a' },
      ],
    });
  });

  it('counts what names no package that is known', () => {
    const { packages, passedOver } = cyclonedx.read(
      bom([
        { type: 'library', name: 'bare' },
        { type: 'library', name: 'x', purl: 'pkg:hex/x@1' },
        { type: 'library', name: 'y', purl: 'no purl' },
        { type: 'file', name: '/etc/passwd' },
      ]),
    );
    expect([packages.length, passedOver]).toEqual([0, 3]);
  });

  it.each([
    ['components that are no list', bom({} as never)],
    ['components nested without end', bom([deep(30)])],
  ])('refuses %s', (_name, document) => {
    expect(() => cyclonedx.read(document)).toThrow();
  });

  it('is known by its own word', () => {
    expect(readSbom(JSON.stringify(bom([])))?.packages).toEqual([]);
    expect(readSbom('{"bomFormat":"other"}')).toBeUndefined();
    expect(() => readSbom('no JSON')).toThrow();
  });
});

function deep(depth: number): object {
  return depth === 0 ? { name: 'end' } : { name: 'x', components: [deep(depth - 1)] };
}
