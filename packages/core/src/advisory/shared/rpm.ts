import type { Severity } from '@plimsoll/model';
import type { AffectedPackage } from '../types.ts';

/** A package as an announcement of an RPM distribution lists it. */
export interface FixedRpm {
  readonly ecosystem: string;
  readonly name: string;
  /** `epoch:version-release`; an epoch of 0 may be left out. */
  readonly version: string;
  readonly architecture?: string;
  /** `nodejs:18`. */
  readonly module?: string;
}

/**
 * One entry for each package: announcements list it for each architecture and repository. Architectures are told apart only where their
 * versions differ.
 */
export function fixedPackages(listed: Iterable<FixedRpm>, severity?: Severity): readonly AffectedPackage[] {
  const groups = new Map<string, { readonly first: FixedRpm; readonly versions: Map<string, Set<string>> }>();
  for (const rpm of listed) {
    const key = `${rpm.ecosystem} ${rpm.name} ${rpm.module ?? ''}`;
    const group = groups.get(key) ?? { first: rpm, versions: new Map<string, Set<string>>() };
    groups.set(key, group);
    const architecture = rpm.architecture ?? '';
    const versions = group.versions.get(architecture) ?? new Set<string>();
    group.versions.set(architecture, versions.add(rpm.version));
  }
  return [...groups.values()].flatMap(({ first, versions }) => {
    const { ecosystem, name, module } = first;
    const common = {
      ecosystem,
      name,
      scheme: 'rpm',
      status: 'affected',
      ...(module && { module }),
      ...(severity && { severity }),
    } as const;
    const rangesOf = (fixes: Iterable<string>) => [...new Set(fixes)].sort().map((fixed) => ({ fixed }));
    const each = new Set([...versions.values()].map((fixes) => [...fixes].sort().join(' ')));
    if (each.size === 1) return [{ ...common, ranges: rangesOf([...versions.values()].flatMap((fixes) => [...fixes])) }];
    return [...versions].map(([architecture, fixes]) => ({ ...common, architecture, ranges: rangesOf(fixes) }));
  });
}

/** `0:1.2-3` and `1.2-3` are one version. */
export function evr(epoch: string | undefined, version: string, release: string): string {
  return `${epoch && epoch !== '0' ? `${epoch}:` : ''}${version}-${release}`;
}
