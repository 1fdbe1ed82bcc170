import { z } from 'zod';
import { parseJson } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import type { LifecycleRecord } from '../../types.ts';

/** Products of which it is asked here, by the name the feed gives them: distributions by os-release's ID, runtimes by their own. */
const PRODUCTS: Readonly<Record<string, string>> = {
  'alpine-linux': 'alpine',
  alpine: 'alpine',
  'amazon-linux': 'amzn',
  'rocky-linux': 'rocky',
  'oracle-linux': 'ol',
};

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}/);
/** https://endoflife.date/docs/api/v1/ */
const current = z.object({
  result: z.array(
    z.object({
      name: z.string(),
      label: z.string().nullish(),
      releases: z.array(z.object({ name: z.string(), eolFrom: day.nullish() })),
    }),
  ),
});
/** The products' own files: https://github.com/endoflife-date/endoflife.date/tree/master/products */
const files = z.record(
  z.string(),
  z.object({
    title: z.string(),
    releases: z.array(z.object({ releaseCycle: z.string(), eol: z.union([z.boolean(), z.string()]).nullish() })),
  }),
);

/** Reads until when releases are supported, in either layout. Releases whose end is not told as a day are left out. Throws `ADVISORY_UNREADABLE`. */
export function parseLifecycles(bytes: Uint8Array): readonly LifecycleRecord[] {
  const fail = (cause: unknown) => new AppError('ADVISORY_UNREADABLE', 'the list of support ends is malformed', { cause });
  const value = parseJson(bytes, fail);
  const now = current.safeParse(value);
  if (now.success) {
    return now.data.result.flatMap(({ name, label, releases }) =>
      releases.flatMap(({ name: cycle, eolFrom }) => (eolFrom ? [toRecord(name, label ?? name, cycle, eolFrom)] : [])),
    );
  }
  const old = files.safeParse(value);
  if (!old.success) throw fail(old.error);
  return Object.entries(old.data).flatMap(([product, { title, releases }]) =>
    releases.flatMap(({ releaseCycle, eol }) =>
      typeof eol === 'string' && day.safeParse(eol).success ? [toRecord(product, title, releaseCycle, eol)] : [],
    ),
  );
}

function toRecord(product: string, title: string, cycle: string, ends: string): LifecycleRecord {
  return { product: PRODUCTS[product] ?? product, cycle, title: `${title} ${cycle}`, ends: ends.slice(0, 10) };
}
