import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { cyclonedx } from './index.ts';

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

testFormat(cyclonedx, async (text) => {
  expect(await validator.validate(text)).toBeNull();
});

describe('cyclonedx', () => {
  const bom = JSON.parse([...cyclonedx.encode(standardReports.rich, '1.0.0')].join(''));

  it('has a component for each package, with the layer that brought it', () => {
    const purls = standardReports.rich.inventory.packages.map(({ purl }) => purl);
    const components: { purl?: string; properties?: { name: string; value: string }[] }[] = bom.components;
    expect(components.flatMap(({ purl }) => purl ?? [])).toEqual(purls);
    expect(components.find(({ purl }) => purl === purls[0])?.properties).toContainEqual({
      name: 'plimsoll:introducedIn',
      value: String(standardReports.rich.inventory.packages[0]?.introducedIn),
    });
  });

  it('has each vulnerability once, with every package it affects', () => {
    const ids = new Set(standardReports.rich.matches.map(({ id }) => id));
    const vulnerabilities: { id: string; affects: unknown[] }[] = bom.vulnerabilities;
    expect(vulnerabilities.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(vulnerabilities.reduce((sum, { affects }) => sum + affects.length, 0)).toBe(standardReports.rich.matches.length);
  });

  it('does not call a vulnerability harmless that counts for one of its packages', () => {
    const { rich } = standardReports;
    const [open, ...others] = rich.matches;
    const copy = { ...open, packageId: 'pypi/six@1.16.0', suppressed: { by: 'owner', reason: 'not here' } } as typeof open & object;
    const text = [...cyclonedx.encode({ ...rich, matches: [copy, ...(open ? [open] : []), ...others] }, '1.0.0')].join('');
    const found: { id: string; analysis?: unknown; affects: unknown }[] = JSON.parse(text).vulnerabilities;
    expect(found[0]).not.toHaveProperty('analysis');
    expect(found[0]?.affects).toMatchObject([{ versions: [{ status: 'unaffected' }] }, { versions: [{ status: 'affected' }] }]);
    expect(found.find(({ id }) => id === 'CVE-2099-0110')).toMatchObject({ analysis: { state: 'not_affected' } });
  });
});
