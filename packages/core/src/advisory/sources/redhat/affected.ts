import type { Severity } from '@plimsoll/model';
import { severityOfWord } from '../../shared/cvss.ts';
import { fixedPackages } from '../../shared/rpm.ts';
import type { AffectedPackage } from '../../types.ts';
import type { Component } from './products.ts';
import type { CsafVulnerability } from './schema.ts';

type Status = AffectedPackage['status'] | 'fixed';

/**
 * Every package that a vulnerability is said to be in, fixed or not. What is known not to be affected is kept where something else of the
 * release is: elsewhere nothing would match, and it is most of what is said.
 */
export function affectedOf(
  vulnerability: CsafVulnerability,
  componentOf: (id: string) => Component | undefined,
): readonly AffectedPackage[] {
  const severities = severitiesOf(vulnerability);
  const byStatus = new Map<Status, (readonly [Component, Severity | undefined])[]>();
  for (const [id, status] of statusesOf(vulnerability)) {
    const component = componentOf(id);
    if (!component) continue;
    const list = byStatus.get(status) ?? [];
    byStatus.set(status, list);
    list.push([component, severities.get(id)]);
  }
  const fixed = preferBinaries(byStatus.get('fixed') ?? []);
  const open = (['affected', 'will-not-fix', 'end-of-life', 'under-investigation'] as const).flatMap((status) =>
    preferBinaries(byStatus.get(status) ?? []).map(([component, severity]) => toOpen(component, status, severity)),
  );
  const concerned = new Set([...fixed.map(([{ ecosystem }]) => ecosystem), ...open.map(({ ecosystem }) => ecosystem)]);
  const never = preferBinaries(byStatus.get('not-affected') ?? [])
    .filter(([{ ecosystem }]) => concerned.has(ecosystem))
    .map(([component]) => toOpen(component, 'not-affected', undefined));
  return unique([...toFixed(fixed), ...open, ...never]);
}

/** The status of each product id. What is not fixed is told more exactly by what is to be done about it. */
function statusesOf({ product_status: stated, remediations }: CsafVulnerability): ReadonlyMap<string, Status> {
  const statuses = new Map<string, Status>();
  const set = (ids: readonly string[] | null | undefined, status: Status) => {
    for (const id of ids ?? []) statuses.set(id, status);
  };
  set(stated?.known_not_affected, 'not-affected');
  set(stated?.under_investigation, 'under-investigation');
  set(stated?.known_affected, 'affected');
  set(stated?.first_fixed, 'fixed');
  set(stated?.fixed, 'fixed');
  for (const { category, details, product_ids: ids } of remediations ?? []) {
    for (const id of ids ?? []) {
      const known = statuses.get(id);
      const told = remedyOf(category, details ?? '');
      // A remedy may name products that no status does; it may say more of what is affected, but not that it is not.
      if (told !== undefined && (known === undefined || (known === 'affected' && told !== 'fixed'))) statuses.set(id, told);
    }
  }
  return statuses;
}

/** https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/ */
function remedyOf(category: string, details: string): Status | undefined {
  if (category === 'vendor_fix') return 'fixed';
  if (category === 'none_available') return 'affected';
  if (category !== 'no_fix_planned') return undefined;
  return /out of support/i.test(details) ? 'end-of-life' : 'will-not-fix';
}

function severitiesOf({ threats }: CsafVulnerability): ReadonlyMap<string, Severity> {
  const severities = new Map<string, Severity>();
  for (const { category, details, product_ids: ids } of threats ?? []) {
    const severity = category === 'impact' ? severityOfWord(details ?? '') : undefined;
    if (severity) for (const id of ids ?? []) severities.set(id, severity);
  }
  return severities;
}

/** Where a release's packages are named themselves, their sources are too, and say no more. */
function preferBinaries(listed: readonly (readonly [Component, Severity | undefined])[]) {
  const named = new Set(listed.flatMap(([{ source, ecosystem, module }]) => (source ? [] : [`${ecosystem} ${module ?? ''}`])));
  return listed.filter(([{ source, ecosystem, module }]) => !source || !named.has(`${ecosystem} ${module ?? ''}`));
}

function nameOf({ name, source }: Component): string {
  return source ? `${name}.src` : name;
}

function toFixed(listed: readonly (readonly [Component, Severity | undefined])[]): readonly AffectedPackage[] {
  return [...new Set(listed.map(([, severity]) => severity))].flatMap((severity) => {
    const group = listed.filter(([, own]) => own === severity).map(([component]) => component);
    const built = group.flatMap((component) => {
      const { version } = component;
      return version === undefined ? [] : [{ ...component, version, name: nameOf(component) }];
    });
    return fixedPackages(built, severity);
  });
}

function toOpen(component: Component, status: AffectedPackage['status'], severity: Severity | undefined): AffectedPackage {
  const { ecosystem, module } = component;
  return {
    ecosystem,
    name: nameOf(component),
    scheme: 'rpm',
    ranges: status === 'not-affected' ? [] : [{}],
    status,
    ...(module !== undefined && { module }),
    ...(severity && { severity }),
  };
}

/** A package is named for each repository that has it. */
function unique(packages: readonly AffectedPackage[]): readonly AffectedPackage[] {
  return [...new Map(packages.map((entry) => [JSON.stringify(entry), entry])).values()];
}
