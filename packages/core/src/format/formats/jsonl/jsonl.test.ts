import { matchSchema } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { jsonl } from './index.ts';

const lines = (text: string) => text.split('\n').slice(0, -1);

testFormat(jsonl, (text) => {
  for (const line of lines(text)) expect(() => matchSchema.parse(JSON.parse(line))).not.toThrow();
});

describe('jsonl', () => {
  it('has each match, in order, on a line of its own', () => {
    const { rich } = standardReports;
    const text = [...jsonl.encode(rich, '1')].join('');
    expect(lines(text).map((line) => JSON.parse(line))).toEqual(rich.matches);
  });
});
