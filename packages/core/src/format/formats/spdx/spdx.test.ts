import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { spdx } from './index.ts';

testFormat(spdx, (text) => {
  const document = JSON.parse(text);
  expect(document).toMatchObject({ spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT' });
  const ids: string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { relatedSpdxElement } of document.relationships) expect(ids).toContain(relatedSpdxElement);
});

describe('spdx', () => {
  it('has a package for each package, after the image', () => {
    const document = JSON.parse([...spdx.encode(standardReports.rich, '1.0.0')].join(''));
    const locators: string[] = document.packages
      .slice(1)
      .map(({ externalRefs: [reference] }: { externalRefs: { referenceLocator: string }[] }) => reference?.referenceLocator);
    expect(locators).toEqual(standardReports.rich.inventory.packages.map(({ purl }) => purl));
  });
});
