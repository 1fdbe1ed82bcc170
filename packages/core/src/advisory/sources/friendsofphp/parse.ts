import { z } from 'zod';
import { comparableName } from '../../../version/names.ts';
import type { VersionRange } from '../../../version/range.ts';
import { intervalOf, toRange } from '../../shared/requirements.ts';
import { linksOf, textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';

/** https://github.com/FriendsOfPHP/security-advisories#contributing */
const schema = z.object({
  title: z.string().nullish(),
  link: z.string().nullish(),
  cve: z.string().max(50).nullish(),
  reference: z.string().max(300),
  branches: z.record(z.string(), z.object({ time: z.unknown(), versions: z.array(z.union([z.string(), z.number()])).max(16) })),
});

/** Reads one advisory: all bounds of a branch hold at once, each branch is a range. What is wrong with it, as text, where it cannot be read. */
export function parseFriendsOfPhp(name: string, value: unknown): Advisory | string {
  const read = schema.safeParse(value);
  if (!read.success) return `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`;
  const { title, link, cve, reference, branches } = read.data;
  const about = /^composer:\/\/(\S+)$/.exec(reference.trim())?.[1];
  if (about === undefined) return `${reference} is no package of Composer`;
  const ranges: VersionRange[] = [];
  for (const [branch, { time, versions }] of Object.entries(branches)) {
    const interval = intervalOf(
      versions.flatMap((bounds) => String(bounds).split(',')),
      'composer',
    );
    if (!interval) return `the versions of branch ${branch.slice(0, 50)} cannot be read`;
    // A branch without a time has no release that mends it: it ends where the next one begins.
    ranges.push(toRange(interval, time !== null && time !== undefined));
  }
  if (ranges.length === 0) return 'it names no versions';
  const summary = textOf(title, 500);
  const published = publishedAt(Object.values(branches).map(({ time }) => time));
  return {
    id: cve && /^CVE-\d{4}-\d{4,19}$/.test(cve) ? cve : `${about}/${(name.split('/').at(-1) ?? name).replace(/\.ya?ml$/, '')}`,
    aliases: [],
    opinions: [],
    cwes: [],
    references: linksOf(link ? [link] : []),
    withdrawn: false,
    ...(summary && { summary }),
    ...(published && { published }),
    affected: [{ ecosystem: 'composer', name: comparableName('composer', about), scheme: 'composer', ranges, status: 'affected' }],
  };
}

/** The day of the first fix, `2026-05-20 08:00:00`. */
function publishedAt(times: readonly unknown[]): string | undefined {
  const days = times.flatMap((time) => (typeof time === 'string' && /^\d{4}-\d{2}-\d{2}/.test(time) ? [time.slice(0, 10)] : []));
  const first = days.sort()[0];
  return first && `${first}T00:00:00Z`;
}
