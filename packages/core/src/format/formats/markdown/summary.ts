import { platformName, type Report, severities } from '@plimsoll/model';

/** A heading, the facts, what is not covered, and a table of what counts. */
export function* summarise({ inventory, matches, counts, exploited, fixable, hierarchy, coverage }: Report): Generator<string> {
  const { image, packages } = inventory;
  yield `## ${text(image.name)}\n\n`;
  yield `| | |\n|---|---|\n| digest | \`${image.digest}\` |\n| platform | ${text(platformName(image.platform))} |\n| packages | ${packages.length} |\n`;
  yield `| base | ${
    hierarchy.length > 1
      ? hierarchy
          .slice(0, -1)
          .map(({ candidates }) => text(candidates[0] ?? ''))
          .join(' → ')
      : 'unknown'
  } |\n`;
  yield `| vulnerabilities | ${severities.map((severity) => `${counts[severity]} ${severity}`).join(', ')} |\n`;
  yield `| | ${exploited} known exploited, ${fixable} can be fixed |\n\n`;
  for (const gap of coverage.gaps) yield `> Not covered: ${text(gap)}\n`;
  if (coverage.gaps.length > 0) yield '\n';
  const open = matches.filter(({ suppressed }) => !suppressed);
  if (open.length === 0) return;
  const names = new Map(packages.map((found) => [found.id, found]));
  yield '| severity | id | package | version | fixed in | layer |\n|---|---|---|---|---|---|\n';
  for (const match of open) {
    const found = names.get(match.packageId);
    const cells = [
      match.severity + (match.kev ? ', exploited' : ''),
      match.id,
      found?.name,
      found?.version,
      match.fixedIn ?? 'not fixed',
      String(match.introducedIn),
    ];
    yield `| ${cells.map((cell) => text(cell ?? '')).join(' | ')} |\n`;
  }
}

/** Nothing from an image or feed may become markup, steer a terminal, or call a person whose name is a package's scope. */
function text(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(/[\\`*{}[\]#!|<>~&]/g, (character) => `\\${character}`)
    .replace(/@(?=\w)/g, '@<!-- -->');
}
