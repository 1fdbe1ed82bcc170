import { z } from 'zod';
import type { Context } from '../../../util/context.ts';
import { severityOfScore } from '../../shared/cvss.ts';
import type { Advisory, AffectedPackage } from '../../types.ts';

const entrySchema = z.object({
  cve_id: z.string().min(1).max(100),
  pkg: z.string().min(1).max(300),
  cve_score: z.number().nullish(),
  aff_ver: z.string().nullish(),
  res_ver: z.string().nullish(),
  status: z.string().nullish(),
});
type Entry = z.infer<typeof entrySchema>;

/** The release a document is of: its name tells it (`cve_data_photon4.0.json`), else its versions do (`7.88.1-4.ph4`). */
export function releaseOf(name: string, value: unknown): string | undefined {
  const stated = /photon(\d{1,3}\.\d{1,3})\.json/.exec(name)?.[1];
  if (stated !== undefined || !Array.isArray(value)) return stated;
  for (const entry of value) {
    const major = /\.ph(\d{1,3})$/.exec(String((entry as Partial<Entry> | null)?.res_ver))?.[1];
    if (major !== undefined) return `${major}.0`;
  }
  return undefined;
}

/** `[{ cve_id, pkg, cve_score, aff_ver, res_ver, status }]`: one advisory for each entry that says where it begins or ends. */
export function* parsePhoton(entries: readonly unknown[], release: string, context: Context): Generator<Advisory> {
  for (const [position, value] of entries.entries()) {
    const read = entrySchema.safeParse(value);
    if (!read.success) {
      const message = `photon ${release}: entry ${position} is malformed`;
      context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message, author: 'photon' });
      continue;
    }
    const affected = toAffected(read.data, release);
    if (!affected) continue;
    const { cve_id: id, cve_score: score } = read.data;
    const severity = typeof score === 'number' && score > 0 && score <= 10 ? severityOfScore(score) : undefined;
    yield {
      id,
      aliases: [],
      opinions: severity && typeof score === 'number' ? [{ source: 'photon', severity, score }] : [],
      cwes: [],
      references: [`https://github.com/vmware/photon/wiki/Security-Updates-${release.split('.')[0]}`],
      withdrawn: false,
      affected: [affected],
    };
  }
}

function toAffected({ pkg: name, aff_ver: range, res_ver: fix, status }: Entry, release: string): AffectedPackage | undefined {
  const common = { ecosystem: `photon:${release}`, name, scheme: 'rpm' } as const;
  if (/^not affected$/i.test(status ?? '')) return { ...common, ranges: [], status: 'not-affected' };
  if (fix && /\d/.test(fix)) return { ...common, ranges: [{ fixed: fix }], status: 'affected' };
  const before = /^all versions before (\S{1,100}) are vulnerable/i.exec(range ?? '')?.[1];
  if (before !== undefined) return { ...common, ranges: [{ before }], status: 'affected' };
  // "NA" without a version says neither what is affected nor what is not.
  return /^all versions/i.test(range ?? '') ? { ...common, ranges: [{}], status: 'affected' } : undefined;
}
