import { z } from 'zod';
import type { Context } from '../../../util/context.ts';
import { severityOfWord } from '../../shared/cvss.ts';
import { textOf } from '../../shared/text.ts';
import type { Advisory, AffectedPackage } from '../../types.ts';
import { releases } from './releases.data.ts';

const entrySchema = z.object({
  description: z.string().nullish(),
  releases: z.record(
    z.string(),
    z.object({
      status: z.string(),
      fixed_version: z.string().nullish(),
      urgency: z.string().nullish(),
      nodsa: z.string().nullish(),
      nodsa_reason: z.string().nullish(),
    }),
  ),
});
type Release = z.infer<typeof entrySchema>['releases'][string];

/** `{ source package: { CVE: { description, releases: { codename: {...} } } } }`; one advisory for each pair of the two. */
export function* parseTracker(value: unknown, context: Context): Generator<Advisory> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, vulnerabilities] of Object.entries(value)) {
    for (const [id, entry] of Object.entries(vulnerabilities ?? {})) {
      // TEMP- ids stand for what has no CVE yet and change without notice.
      if (!id.startsWith('CVE-')) continue;
      const read = entrySchema.safeParse(entry);
      if (!read.success) {
        context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${name}: ${id} is malformed`, author: 'debian-tracker' });
        continue;
      }
      const affected = Object.entries(read.data.releases).flatMap(([codename, release]) => toAffected(name, codename, release));
      if (affected.length === 0) continue;
      const description = textOf(read.data.description, 5000);
      yield {
        id,
        aliases: [],
        opinions: [],
        cwes: [],
        references: [`https://security-tracker.debian.org/tracker/${id}`],
        withdrawn: false,
        affected,
        ...(description && { description }),
      };
    }
  }
}

function toAffected(name: string, codename: string, release: Release): readonly AffectedPackage[] {
  const severity = severityOfWord(release.urgency ?? '');
  const common = { ecosystem: `debian:${releases[codename] ?? codename}`, name, scheme: 'deb', ...(severity && { severity }) } as const;
  switch (release.status) {
    case 'resolved':
      if (!release.fixed_version) return [];
      // Version 0 says that no version in this release ever had it.
      if (release.fixed_version === '0') return [{ ...common, ranges: [], status: 'not-affected' }];
      return [{ ...common, ranges: [{ fixed: release.fixed_version }], status: 'affected' }];
    case 'open':
      return [{ ...common, ranges: [{}], status: openStatus(release) }];
    case 'undetermined':
      return [{ ...common, ranges: [{}], status: 'under-investigation' }];
    default:
      return [];
  }
}

/** Whether a fix is to be expected. `postponed`, or no reason why there is no announcement, means a later point release, so it stays open. */
function openStatus({ urgency, nodsa_reason: reason }: Release): AffectedPackage['status'] {
  if (urgency === 'end-of-life') return 'end-of-life';
  return reason === 'ignored' ? 'will-not-fix' : 'affected';
}
