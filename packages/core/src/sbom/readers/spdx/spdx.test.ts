import { describe, expect, it } from 'vitest';
import { spdx } from './index.ts';

const purl = (referenceLocator: string) => [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator }];
const document = {
  spdxVersion: 'SPDX-2.3',
  name: 'shop',
  packages: [
    { SPDXID: 'SPDXRef-Image', name: 'shop' },
    {
      SPDXID: 'SPDXRef-1',
      name: 'python3-yaml',
      licenseDeclared: 'NOASSERTION',
      licenseComments: 'declared by the package: MIT; BSD',
      sourceInfo: 'built from pyyaml 5.3.1-5; found in /var/lib/dpkg/status of layer 5',
      externalRefs: purl(
        'pkg:deb/debian/python3-yaml@5.3.1-5?arch=amd64&distro=debian-11&os_distro=bullseye&os_name=debian&upstream=pyyaml',
      ),
    },
    { SPDXID: 'SPDXRef-2', name: 'pyyaml', licenseDeclared: 'MIT', externalRefs: purl('pkg:pypi/pyyaml@5.3.1') },
    { SPDXID: 'SPDXRef-3', name: 'x', externalRefs: purl('pkg:swift/x@1') },
  ],
  relationships: [
    { spdxElementId: 'SPDXRef-Image', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-1' },
    { spdxElementId: 'SPDXRef-1', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-2' },
  ],
};

describe('spdx', () => {
  it('reads packages, where they lie, who owns them, and the distribution off their purls', () => {
    expect(spdx.recognises(document)).toBe(true);
    expect(spdx.read(document)).toEqual({
      name: 'shop',
      distro: { id: 'debian', version: '11', name: 'debian 11', codename: 'bullseye', like: [] },
      passedOver: 1,
      packages: [
        {
          ref: 'SPDXRef-1',
          type: 'deb',
          name: 'python3-yaml',
          version: '5.3.1-5',
          architecture: 'amd64',
          origin: { name: 'pyyaml', version: '5.3.1-5' },
          licenses: ['MIT', 'BSD'],
          path: 'var/lib/dpkg/status',
        },
        { ref: 'SPDXRef-2', type: 'pypi', name: 'pyyaml', version: '5.3.1', licenses: ['MIT'], ownedBy: 'SPDXRef-1' },
      ],
    });
  });

  it('refuses packages that are no list', () => {
    expect(() => spdx.read({ spdxVersion: 'SPDX-2.3', packages: 'none' })).toThrow();
  });
});
