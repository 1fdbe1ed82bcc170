import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { sbom } from './index.ts';

describe('sbom', () => {
  it('is the inventory, a list of purls, or what a format makes of the report', async () => {
    const result = await sbom('rich', {}, useFake());
    expect(result.json).toEqual(standardReports.rich.inventory);
    expect(result.report).toEqual(standardReports.rich);
    expect(result.table(createStyle(false)).split('\n')).toContain('pkg:npm/lodash@4.17.11');
  });
});
