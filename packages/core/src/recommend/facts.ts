import type { BaseFacts } from '@plimsoll/model';
import type { BaseRecord } from '../base-image/types.ts';
import { runtimeOf } from './shared/runtime.ts';
import type { JudgedBase, KnownBase, Lifecycle, RecommendInput } from './types.ts';

/** Distributions and runtimes as lifecycles call them: https://endoflife.date/api/all.json */
const PRODUCTS: Readonly<Record<string, string>> = { Python: 'python', 'Node.js': 'nodejs', Go: 'go', Ruby: 'ruby', PHP: 'php' };

/** Everything that is known of a base, gathered for the rules. */
export function gatherFacts(
  record: BaseRecord,
  { index, know, lifecycle, now }: RecommendInput,
): JudgedBase & { readonly known?: KnownBase } {
  const known = know(record);
  const { distro, packages } = known?.inventory ?? {};
  const runtime = runtimeOf(record.config, packages);
  const ends = earliest([
    ...(distro?.version === undefined ? [] : [lifecycle(distro.id, distro.version)]),
    ...(runtime && PRODUCTS[runtime.name] !== undefined ? [lifecycle(PRODUCTS[runtime.name] as string, runtime.version)] : []),
  ]);
  const facts: BaseFacts = {
    name: record.name,
    ...(record.tag !== '' && { tag: record.tag }),
    digest: record.digest,
    ...(record.indexDigest && { indexDigest: record.indexDigest }),
    aliases: index.aliasesOf(record.digest).filter((name) => name !== record.name),
    ...(record.created && { created: record.created }),
    firstSeen: record.firstSeen,
    size: record.size,
    ...(known && { packages: known.inventory.packages.length, counts: known.counts }),
    ...(distro && { os: distro.name }),
    ...(runtime && { runtime: `${runtime.name} ${runtime.version}` }),
    ...(ends && { support: { ...ends, ended: Date.parse(ends.ends) < now.getTime() } }),
  };
  return {
    record,
    facts,
    ...(known && { known, vulnerabilities: known.vulnerabilities }),
    ...(distro && { distro }),
  };
}

function earliest(ends: readonly (Lifecycle | undefined)[]): Lifecycle | undefined {
  return ends.filter((end) => end !== undefined).toSorted((a, b) => (a.ends < b.ends ? -1 : a.ends > b.ends ? 1 : 0))[0];
}
