import type { Format } from '@plimsoll/core';
import { reportSchema } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { standardReports } from '../reports.ts';

const VERSION = '9.9.9';

/** What every format owes: any report is written, the same report gives the same bytes, nothing of it is lost half-way. */
export function testFormat(format: Format, check: (text: string) => void | Promise<void>): void {
  describe(`${format.id} as a format`, () => {
    it.each(Object.keys(standardReports) as (keyof typeof standardReports)[])('writes the %s report, the same each time', async (name) => {
      const report = reportSchema.parse(standardReports[name]);
      const text = [...format.encode(report, VERSION)].join('');
      expect([...format.encode(structuredClone(report), VERSION)].join('')).toBe(text);
      await check(text);
    });

    it('has a name, a media type and an ending', () => {
      expect(format.title).not.toBe('');
      expect(format.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
      expect(format.extension).toMatch(/^[a-z0-9.]+$/);
    });
  });
}
