import { compareVersions } from '../../../version/compare.ts';
import { comparableName } from '../../../version/names.ts';
import { inRange, type VersionRange } from '../../../version/range.ts';
import type { SchemeId } from '../../../version/types.ts';
import type { AffectedPackage } from '../../types.ts';
import { placeOf } from './ecosystems.ts';
import type { OsvAffected } from './schema.ts';

type Events = NonNullable<OsvAffected['ranges']>[number]['events'];

/** One package of a record in our words; none where it is of an ecosystem we do not match. */
export function toAffected(entry: OsvAffected): readonly AffectedPackage[] {
  const place = entry.package && placeOf(entry.package.ecosystem);
  if (!entry.package || !place) return [];
  // The plain range of such an entry reads "all versions"; the true one is not in versions of this ecosystem.
  if (entry.ecosystem_specific?.custom_ranges) return [];
  // Of crates.io: nobody keeps it up, it may be used unsafely, its author has something to say. None is a vulnerability.
  if (typeof entry.database_specific?.informational === 'string') return [];
  const { ecosystem, scheme } = place;
  const bound = lastKnown(entry.database_specific?.last_known_affected_version_range);
  const ranges = (entry.ranges ?? [])
    .filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM')
    .flatMap(({ events }) => toRanges(events, scheme))
    .map((range) => (bound && range.fixed === undefined && range.lastAffected === undefined ? { ...range, ...bound } : range));
  const versions = (entry.versions ?? []).filter((version) => !ranges.some((range) => inRange(scheme, version, range)));
  if (ranges.length === 0 && versions.length === 0) return [];
  const never = versions.length === 0 && ranges.every(({ fixed }) => fixed === '0');
  const statement = never ? ({ ranges: [], status: 'not-affected' } as const) : ({ ranges, status: 'affected' } as const);
  return namesOf(entry, ecosystem).map((name) => ({ ecosystem, name, scheme, ...statement, ...(versions.length > 0 && { versions }) }));
}

/** SUSE names the source package, and beside it every binary package that was built from it: those are what is installed. */
function namesOf({ package: about, ecosystem_specific: specific }: OsvAffected, ecosystem: string): readonly string[] {
  const name = about?.name ?? '';
  const binaries = Array.isArray(specific?.binaries) ? specific.binaries : [];
  const names = new Set(binaries.flatMap((built) => (typeof built === 'object' && built !== null ? Object.keys(built) : [])));
  return names.size > 0 ? [...names] : [comparableName(ecosystem, name)];
}

/** Walks events in the order of versions: https://ossf.github.io/osv-schema/#evaluation */
function toRanges(events: Events, scheme: SchemeId): readonly VersionRange[] {
  const ranges: VersionRange[] = [];
  let introduced: string | undefined;
  // Fixed from the beginning: no version ever had it.
  if (events.some(({ fixed }) => fixed === '0') && events.every(({ introduced }) => introduced === undefined || introduced === '0')) {
    return [{ introduced: '0', fixed: '0' }];
  }
  for (const { version, opens, end } of moments(events, scheme)) {
    if (introduced !== undefined && end) {
      ranges.push({ introduced, ...end });
      introduced = opens ? version : undefined;
    } else if (introduced === undefined && opens) {
      // What begins and ends at once is that one version, or none.
      if (end?.lastAffected !== undefined) ranges.push({ introduced: version, ...end });
      else if (!end) introduced = version;
    }
  }
  if (introduced !== undefined) ranges.push({ introduced });
  return ranges;
}

/** What happens at one version: runs begin, end, or both. */
interface Moment {
  readonly version: string;
  opens: boolean;
  end?: Pick<VersionRange, 'fixed' | 'lastAffected'>;
}

/** Events of the same version as one, in the order of versions. */
function moments(events: Events, scheme: SchemeId): readonly Moment[] {
  const found: Moment[] = [];
  for (const event of events.filter((each) => versionOf(each) !== '').sort((a, b) => compareEvents(a, b, scheme))) {
    const version = versionOf(event);
    let moment = found.at(-1);
    if (!moment || moment.version !== version) {
      moment = { version, opens: false };
      found.push(moment);
    }
    if (event.introduced !== undefined) moment.opens = true;
    else if (event.fixed !== undefined) moment.end = { fixed: event.fixed };
    else if (event.last_affected !== undefined) moment.end = { lastAffected: event.last_affected };
  }
  return found;
}

function compareEvents(a: Events[number], b: Events[number], scheme: SchemeId): number {
  const x = versionOf(a);
  const y = versionOf(b);
  if (x === y) return 0;
  if (x === '0') return -1;
  return y === '0' ? 1 : compareVersions(scheme, x, y) || (x < y ? -1 : 1);
}

function versionOf({ introduced, fixed, last_affected: last }: Events[number]): string {
  return introduced ?? fixed ?? last ?? '';
}

/** GitHub says `<= 8.5.1` or `< 8.6.0` beside a range that is left open. */
function lastKnown(text: unknown): VersionRange | undefined {
  const found = typeof text === 'string' ? /^(<=?)\s*(\S{1,100})$/.exec(text.trim()) : null;
  if (!found) return undefined;
  return found[1] === '<=' ? { lastAffected: found[2] as string } : { before: found[2] as string };
}
