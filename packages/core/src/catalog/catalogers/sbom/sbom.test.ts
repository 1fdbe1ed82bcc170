import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { sbom } from './index.ts';

const reference = (locator: string) => [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }];
const document = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  name: 'node',
  packages: [
    { SPDXID: 'SPDXRef-node', name: 'node', licenseDeclared: 'MIT', externalRefs: reference('pkg:bitnami/node@18.19.0-0?arch=amd64') },
    { SPDXID: 'SPDXRef-npm', name: 'npm', externalRefs: reference('pkg:npm/npm@10.2.3') },
  ],
});
const path = 'opt/bitnami/node/.spdx-node.spdx';

testCataloger(sbom, {
  files: [{ path, bytes: document }],
  others: ['app/test/fixtures/a.spdx.json', 'opt/bitnami/node/package.json'],
  purlOf,
});

describe('sbom', () => {
  it('takes programs, and leaves what is found where it lies', () => {
    expect([...sbom.catalog({ path, bytes: Buffer.from(document) })]).toMatchObject([
      { draft: { type: 'bitnami', name: 'node', version: '18.19.0-0', licenses: ['MIT'] } },
    ]);
  });

  it('refuses what is no SBOM', () => {
    expect(() => [...sbom.catalog({ path, bytes: Buffer.from('{}') })]).toThrow('no SBOM');
  });
});
