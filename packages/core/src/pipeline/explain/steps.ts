import type { ExplainedPackage, ExplainedRecord, Match } from '@plimsoll/model';

type Step = ExplainedPackage['steps'][number];

/** What steps are told with, beside the facts. */
export interface Circumstances {
  /** As it was asked. */
  readonly id: string;
  readonly knownBy: readonly string[];
  readonly gaps: readonly string[];
  /** What exceptions have to say. */
  readonly notes: readonly string[];
  /** Name of the package that owns its files. */
  readonly owner?: string;
  readonly hiddenBy?: number;
}

/** The way from the package to the verdict, as sentences. */
export function tellSteps(told: Omit<ExplainedPackage, 'steps'>, around: Circumstances): readonly Step[] {
  const { match } = told;
  return [
    ...tellPackage(told, around),
    ...tellLookup(told, around),
    ...told.records.flatMap(tellRecord),
    ...(match ? tellSeverity(match) : []),
    ...around.notes.map((text) => note(text)),
    ...(match?.suppressed ? [no(`suppressed by ${BY[match.suppressed.by]}: ${match.suppressed.reason}${untilOf(match.suppressed)}`)] : []),
  ];
}

const BY = {
  vex: 'a VEX statement',
  rule: 'a rule',
  owner: 'its owner',
  distro: 'the distribution',
} as const satisfies Readonly<Record<NonNullable<Match['suppressed']>['by'], string>>;

function tellPackage({ package: item }: Omit<ExplainedPackage, 'steps'>, { owner, hiddenBy }: Circumstances): readonly Step[] {
  const { name, version, type, foundBy, evidence, introducedIn, origin } = item;
  const [place] = evidence;
  const where = place ? ` in /${place.path}` : '';
  const source = origin && (origin.name !== name || origin.version !== version) ? `, built from ${origin.name} ${origin.version}` : '';
  return [
    yes(`${name} ${version} (${type}${source}) was found by the ${foundBy} cataloger${where}; layer ${introducedIn} brought it`),
    ...(hiddenBy === undefined ? [] : [note(`layer ${hiddenBy} hides it: it is shipped and not seen, and counts as hidden`)]),
    ...(owner === undefined ? [] : [note(`${owner} owns its files`)]),
  ];
}

function tellLookup(
  { package: item, matcher, keys, recordsSearched, records }: Omit<ExplainedPackage, 'steps'>,
  { id, knownBy, gaps }: Circumstances,
): readonly Step[] {
  if (matcher === undefined || keys.length === 0) return [no(gaps[0] ?? `nothing looks for packages of type ${item.type}`)];
  const asked = keys.map(({ ecosystem, name }) => `${name} in ${ecosystem}`).join(' and ');
  const bare = [...new Set(keys.flatMap(({ ecosystem, covered }) => (covered ? [] : [ecosystem])))];
  const elsewhere =
    knownBy.length > 0 ? `; ${knownBy.join(', ')} ${knownBy.length === 1 ? 'has' : 'have'} it for others` : '; no loaded source has it';
  return [
    yes(`the ${matcher} matcher looked for ${asked}`),
    ...bare.map((ecosystem) => no(`no advisories are loaded for ${ecosystem}: its silence means nothing`)),
    records.length > 0
      ? yes(`${recordsSearched} ${recordsSearched === 1 ? 'record names' : 'records name'} it, ${records.length} of ${id}`)
      : no(`${recordsSearched} ${recordsSearched === 1 ? 'record names' : 'records name'} it, none of ${id}${elsewhere}`),
  ];
}

function tellRecord({ source, id, scheme, affects, reason, status, outrankedBy }: ExplainedRecord): readonly Step[] {
  const said = affects && status !== 'affected' ? `, ${status.replaceAll('-', ' ')}` : '';
  const step = { outcome: affects ? 'yes' : 'no', text: `${source} ${id}: ${reason} (${scheme})${said}` } as const;
  if (!outrankedBy) return [step];
  return [step, no(`${source} ${id} does not count: ${outrankedBy.source} ${outrankedBy.id} is believed first`)];
}

function tellSeverity({ severity, severitySource, opinions, source, advisoryId, fixedIn }: Match): readonly Step[] {
  const others = opinions
    .slice(1)
    .map((opinion) => `${opinion.source} ${opinion.severity}${opinion.score === undefined ? '' : ` ${opinion.score}`}`);
  return [
    yes(`${source} ${advisoryId} decides; ${fixedIn === undefined ? 'there is no fix' : `fixed in ${fixedIn}`}`),
    note(`severity ${severity}, as ${severitySource} says${others.length > 0 ? `; others: ${others.slice(0, 6).join(', ')}` : ''}`),
  ];
}

function untilOf({ until }: NonNullable<Match['suppressed']>): string {
  return until === undefined ? '' : `, until ${until}`;
}

function yes(text: string): Step {
  return { outcome: 'yes', text };
}

function no(text: string): Step {
  return { outcome: 'no', text };
}

function note(text: string): Step {
  return { outcome: 'note', text };
}
