import { reportSchema } from '@plimsoll/model';
import { testFormat } from '@plimsoll/testkit/conformance';
import { expect } from 'vitest';
import { json } from './index.ts';

testFormat(json, (text) => {
  expect(reportSchema.safeParse(JSON.parse(text)).success).toBe(true);
});
