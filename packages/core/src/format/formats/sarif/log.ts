import { type Match, type Report, type Severity, severityRank } from '@plimsoll/model';

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  unspecified: 'note',
};

/** A report as a SARIF log: a rule for each vulnerability, a result for each package that has it. */
export function toLog({ inventory, matches }: Report, version: string): unknown {
  const open = matches.filter(({ suppressed }) => !suppressed);
  const rules = [...Map.groupBy(open, ({ id }) => id).values()];
  const position = new Map(rules.map(([first], index) => [first?.id, index]));
  const packages = new Map(inventory.packages.map((found) => [found.id, found]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'plimsoll', version, rules: rules.map(toRule) } },
        properties: { imageName: inventory.image.name, imageDigest: inventory.image.digest },
        results: open.map((match) => {
          const found = packages.get(match.packageId);
          return {
            ruleId: match.id,
            ruleIndex: position.get(match.id),
            level: LEVELS[match.severity],
            message: { text: `${found?.name ?? match.package} ${found?.version ?? ''} (layer ${match.introducedIn}): ${fixText(match)}` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI((found?.evidence[0]?.path ?? 'image').toWellFormed()) },
                  region: { startLine: 1 },
                },
              },
            ],
            partialFingerprints: { plimsoll: `${match.id} ${match.packageId}` },
          };
        }),
      },
    ],
  };
}

function toRule(matches: readonly Match[]) {
  const worst = matches.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))[0] as Match;
  const [link] = worst.references;
  return {
    id: worst.id,
    shortDescription: { text: worst.summary ?? `${worst.id} (${worst.severity})` },
    ...(worst.description && { fullDescription: { text: worst.description.slice(0, 1000) } }),
    ...(link && { helpUri: link }),
    properties: {
      tags: ['vulnerability', 'security', worst.severity],
      'security-severity': String(worst.cvss?.score ?? { critical: 9.5, high: 8, medium: 5.5, low: 2, unspecified: 0 }[worst.severity]),
      purls: [...new Set(matches.map((match) => match.package))],
      affected_version: worst.how.range,
      fixed_version: worst.fixedIn ?? 'not fixed',
    },
  };
}

function fixText({ fixedIn, status }: Match): string {
  return fixedIn === undefined ? `not fixed (${status})` : `fixed in ${fixedIn}`;
}
