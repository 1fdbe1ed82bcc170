import type { Kev } from '@plimsoll/model';
import { z } from 'zod';
import { parseJson } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';

/** https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities_schema.json */
const schema = z.object({
  dateReleased: z.string().optional(),
  vulnerabilities: z.array(
    z.object({
      cveID: z.string(),
      dateAdded: z.string(),
      dueDate: z.string().nullish(),
      knownRansomwareCampaignUse: z.string().nullish(),
    }),
  ),
});

/** Reads the catalog. Throws `ADVISORY_UNREADABLE`. */
export function parseKev(bytes: Uint8Array): {
  readonly date?: string;
  readonly entries: readonly { readonly id: string; readonly kev: Kev }[];
} {
  const fail = (cause: unknown) =>
    new AppError('ADVISORY_UNREADABLE', 'the catalog of known exploited vulnerabilities is malformed', { cause });
  const read = schema.safeParse(parseJson(bytes, fail));
  if (!read.success) throw fail(read.error);
  const { dateReleased, vulnerabilities } = read.data;
  const released = Date.parse(dateReleased ?? '');
  return {
    ...(Number.isFinite(released) && { date: new Date(released).toISOString() }),
    entries: vulnerabilities.map(({ cveID, dateAdded, dueDate, knownRansomwareCampaignUse: ransomware }) => ({
      id: cveID,
      kev: { dateAdded, ransomware: ransomware === 'Known', ...(dueDate && { dueDate }) },
    })),
  };
}
