import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../output/style.ts';
import { WIDTH, widthOf } from '../output/text.ts';
import { useFake } from '../test-support/use.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../types.ts';
import { cves } from './cves/index.ts';
import { hierarchy } from './hierarchy/index.ts';
import { layers } from './layers/index.ts';
import { packages } from './packages/index.ts';
import { quickview } from './quickview/index.ts';
import { recommendations } from './recommendations/index.ts';
import { sbom } from './sbom/index.ts';

type Command = (input: string, options: ImageOptions, use: CommandContext) => Promise<CommandResult>;

const commands: readonly (readonly [string, Command])[] = [
  ['quickview', quickview],
  ['cves', cves],
  ['cves with everything', (input, options, use) => cves(input, { ...options, details: true, locations: true }, use)],
  ['hierarchy', hierarchy],
  ['layers', layers],
  ['packages', (input, options, use) => packages(input, { ...options, hidden: true }, use)],
  ['recommendations', recommendations],
  ['sbom', sbom],
];

/** What is meant to be copied stays whole: links, paths, purls, commands, lines of a Dockerfile. */
const COPIED = /^\s*(https?:\/\/\S+|layer \d+: \/.+|pkg:\S+|FROM \S+|docker .+)$/;
/** All strings of a report, made long and hostile. */
const long = hostile(standardReports.rich);

describe.each(commands)('%s', (_, command) => {
  it.each(['empty', 'small', 'rich', 'long'])('fits a terminal and lets nothing steer it: %s', async (name) => {
    const result = await command(name, {}, useFake({ reports: [] }, { long }));
    const lines = result.table(createStyle(false)).split('\n');
    expect(lines.filter((line) => widthOf(line) > WIDTH && !COPIED.test(line))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(lines.filter((line) => /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(line))).toEqual([]);
    expect(lines.some((line) => line !== line.trimEnd())).toBe(false);
  });

  it('says the same with colours', async () => {
    const result = await command('rich', {}, useFake());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out.
    const bare = result.table(createStyle(true)).replace(/\u001b\[\d+m/g, '');
    expect(bare).toBe(result.table(createStyle(false)));
  });
});

function hostile(report: typeof standardReports.rich): typeof standardReports.rich {
  const { image, packages: found, distro } = report.inventory;
  const evil = (text: string) => `${text}\u001b[2J\u202e ${'and so on '.repeat(12)}`;
  return {
    ...report,
    inventory: {
      ...report.inventory,
      image: { ...image, name: evil(image.name) },
      ...(distro && { distro: { ...distro, name: evil(distro.name) } }),
      packages: found.map((item) => ({ ...item, name: evil(item.name), version: evil(item.version), licenses: [evil('MIT')] })),
    },
    matches: report.matches.map((match) => ({
      ...match,
      summary: evil('summary'),
      ...(match.fixedIn && { fixedIn: evil(match.fixedIn) }),
      ...(match.suppressed && { suppressed: { ...match.suppressed, reason: evil('reason') } }),
    })),
    hierarchy: report.hierarchy.map((link) => ({
      ...link,
      candidates: link.candidates.map(evil),
      evidence: link.evidence.map(({ detector, detail }) => ({ detector, detail: evil(detail) })),
    })),
    recommendations: {
      ...report.recommendations,
      image: { ...report.recommendations.image, reason: evil('reason') },
      bases: report.recommendations.bases.map((base) => ({
        ...base,
        reason: evil('reason'),
        current: { ...base.current, name: evil(base.current.name), os: evil('Debian'), aliases: [evil('alias')] },
        change: base.change.map((candidate) => ({
          ...candidate,
          name: evil(candidate.name),
          why: evil('why'),
          benefits: [evil('benefit')],
        })),
      })),
    },
    coverage: { ...report.coverage, gaps: report.coverage.gaps.map(evil) },
  };
}
