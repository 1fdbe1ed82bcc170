import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../catalog/purl.ts';
import { readPurl } from './purl.ts';

const debian = { id: 'debian', version: '11', name: 'debian 11', codename: 'bullseye', like: [] };

describe('readPurl', () => {
  it.each([
    {
      type: 'deb',
      name: 'libssl1.1',
      version: '1:1.1.1n-0+deb11u3',
      architecture: 'amd64',
      origin: { name: 'openssl', version: '1.1.1n-0' },
    },
    { type: 'rpm', name: 'bind-libs', version: '32:9.16.23-1.el9', architecture: 'x86_64' },
    { type: 'maven', name: 'org.apache.logging.log4j:log4j-core', version: '2.14.1' },
    { type: 'golang', name: 'github.com/gorilla/mux', version: 'v1.8.0' },
    { type: 'composer', name: 'symfony/http-kernel', version: 'v5.4.0' },
    { type: 'npm', name: '@babel/core', version: '7.0.0' },
    { type: 'generic', name: 'openssl', version: '1.1.1w' },
  ] as const)('reads back what was written of $type $name', (draft) => {
    expect(readPurl(purlOf({ ...draft, licenses: [] }, debian))?.found).toEqual(draft);
  });

  it('takes the source package of an RPM from the name of its file', () => {
    const purl = 'pkg:rpm/redhat/openssl-libs@3.0.7-1.el9?arch=x86_64&epoch=1&upstream=openssl-3.0.7-1.el9.src.rpm&distro=rhel-9.2';
    expect(readPurl(purl)).toMatchObject({
      found: { version: '1:3.0.7-1.el9', origin: { name: 'openssl', version: '3.0.7-1.el9' } },
      distro: { id: 'rhel', version: '9.2' },
    });
  });

  it('is undefined for anything else, and throws for nothing', () => {
    for (const text of ['', 'pkg:', 'pkg:npm/x', 'pkg:unknown/x@1', 'x'.repeat(5000)]) expect(readPurl(text)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void readPurl(`pkg:${text}`)));
  });
});
