import type { Advisory, AdvisoryLookup, AdvisoryRecord, AffectedPackage, FoundAdvisory } from '@plimsoll/core';

/** An affected package: npm's `left` in every version, but for what `change` says. */
export function buildAffected(change: Partial<AffectedPackage> = {}): AffectedPackage {
  return { ecosystem: 'npm', name: 'left', scheme: 'semver', ranges: [], status: 'affected', ...change };
}

/** An advisory of one or more packages, bare but for what `change` says. */
export function buildAdvisory(id: string, affected: readonly Partial<AffectedPackage>[] = [{}], change: Partial<Advisory> = {}): Advisory {
  return {
    id,
    aliases: [],
    opinions: [],
    cwes: [],
    references: [],
    withdrawn: false,
    affected: affected.map(buildAffected),
    ...change,
  };
}

/** Records of each source, as matching finds them in a database. */
export function createMemoryAdvisories(sources: Readonly<Record<string, readonly AdvisoryRecord[]>>): AdvisoryLookup {
  const records = Object.keys(sources)
    .sort()
    .flatMap((source) => (sources[source] ?? []).map((record) => ({ source, record })));
  const advisories = records.flatMap(({ source, record }) =>
    record.kind === 'advisory' && !record.advisory.withdrawn ? [{ source, advisory: record.advisory }] : [],
  );
  const found: readonly FoundAdvisory[] = advisories.flatMap(({ source, advisory }) =>
    advisory.affected.map((affected) => ({ source, id: advisory.id, advisory, affected })),
  );
  return {
    find: (keys) => keys.map(({ ecosystem, name }) => found.filter(({ affected: a }) => a.ecosystem === ecosystem && a.name === name)),
    byIds: (ids) =>
      new Map(
        ids.flatMap((id) => {
          const same = advisories.filter(({ advisory }) => advisory.id === id || advisory.aliases.includes(id));
          return same.length > 0 ? [[id, same] as const] : [];
        }),
      ),
    kev: (ids) => new Map(records.flatMap(({ record: r }) => (r.kind === 'kev' && ids.includes(r.id) ? [[r.id, r.kev] as const] : []))),
    epss: (ids) => new Map(records.flatMap(({ record: r }) => (r.kind === 'epss' && ids.includes(r.id) ? [[r.id, r.epss] as const] : []))),
    lifecycles: () => [],
    covers: (ecosystem) => found.some(({ affected }) => affected.ecosystem === ecosystem),
    status: () => [],
    fingerprint: () => 'memory',
  };
}
