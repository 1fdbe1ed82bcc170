import { describe, expect, it } from 'vitest';
import { syft } from './index.ts';

const document = {
  schema: { version: '16.0.0' },
  source: { name: 'shop' },
  distro: { id: 'alpine', prettyName: 'Alpine Linux v3.18', versionID: '3.18.9' },
  artifacts: [
    {
      id: '1',
      name: 'libcrypto3',
      purl: 'pkg:apk/alpine/libcrypto3@3.1.4-r5?arch=x86_64&upstream=openssl&distro=alpine-3.18.9',
      licenses: [{ value: 'Apache-2.0' }],
      locations: [{ path: '/lib/apk/db/installed' }],
    },
    { id: '2', name: 'six', purl: 'pkg:pypi/six@1.16.0', licenses: ['MIT'] },
    { id: '3', name: 'nameless', purl: '' },
  ],
  artifactRelationships: [{ parent: '1', child: '2', type: 'ownership-by-file-overlap' }],
};

describe('syft', () => {
  it('reads artifacts with a purl, and who owns them', () => {
    expect(syft.recognises(document)).toBe(true);
    expect(syft.read(document)).toEqual({
      name: 'shop',
      distro: { id: 'alpine', version: '3.18.9', name: 'Alpine Linux v3.18', like: [] },
      passedOver: 1,
      packages: [
        {
          ref: '1',
          type: 'apk',
          name: 'libcrypto3',
          version: '3.1.4-r5',
          architecture: 'x86_64',
          origin: { name: 'openssl', version: '3.1.4-r5' },
          licenses: ['Apache-2.0'],
          path: 'lib/apk/db/installed',
        },
        { ref: '2', type: 'pypi', name: 'six', version: '1.16.0', licenses: ['MIT'], ownedBy: '1' },
      ],
    });
  });
});
