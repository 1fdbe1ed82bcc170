import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { sarif } from './index.ts';

testFormat(sarif, (text) => {
  const log = JSON.parse(text);
  expect(log.version).toBe('2.1.0');
  const [{ tool, results }] = log.runs;
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
});

describe('sarif', () => {
  it('has a result for each match that counts', () => {
    const log = JSON.parse([...sarif.encode(standardReports.rich, '1.0.0')].join(''));
    const open = standardReports.rich.matches.filter(({ suppressed }) => !suppressed);
    expect(log.runs[0].results).toHaveLength(open.length);
    expect(log.runs[0].tool.driver).toMatchObject({ name: 'plimsoll', version: '1.0.0' });
  });
});
