import type { AffectedPackage } from '../../types.ts';

/**
 * Rebuilds of Red Hat name the stream of a module in the title alone: `Moderate: ruby:3.3 security update`. The packages whose fix was built in a
 * module (`.module_el9.4.0`) are of that stream. Where the title names several streams, or none, the versions have to tell.
 */
export function withModule(affected: readonly AffectedPackage[], title: string | undefined): readonly AffectedPackage[] {
  const named = [...(title ?? '').matchAll(/(?:^|[ ,])([A-Za-z0-9][\w.+-]{0,100}:[\w.+-]{1,50})(?= |$)/g)].map((found) => found[1]);
  const [module] = named;
  if (module === undefined || named.length > 1) return affected;
  return affected.map((entry) => (isModular(entry) ? { ...entry, module } : entry));
}

function isModular({ scheme, ranges }: AffectedPackage): boolean {
  const fixes = ranges.flatMap(({ fixed }) => fixed ?? []);
  return scheme === 'rpm' && fixes.length > 0 && fixes.every((fix) => fix.includes('.module'));
}
