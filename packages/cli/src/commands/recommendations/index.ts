import { AppError } from '@plimsoll/core';
import type { BaseAdvice, DockerfileChange, Report } from '@plimsoll/model';
import { hintsOf, indexed } from '../../assess-image.ts';
import { clip, printable, WIDTH, wrap } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';
import { adviseOnAttested, adviseOnFile } from './dockerfile.ts';
import { candidateLines, dockerfileLines, factLines, hiddenLines, planLines } from './tables.ts';

interface Options extends ImageOptions {
  readonly onlyRefresh?: boolean;
  readonly onlyUpdate?: boolean;
  readonly tag?: string;
  /** False: bases whose vulnerabilities are not known yet stay unknown. */
  readonly index?: boolean;
  readonly forbid?: readonly string[];
  readonly maxAge?: string;
  readonly exitCode?: boolean;
  /** A Dockerfile the image was made from: recommendations are shown as its diffs. */
  readonly dockerfile?: string;
  /** Writes the first recommendation that changes the file into it. */
  readonly write?: boolean;
  /** Digests in FROM lines that have none. */
  readonly pin?: boolean;
}

/** Others of the nearest base's repository that are read so that their counts are known. */
const INDEXED = 5;
/** Bytes that are fetched for that at most: who waits at a terminal has asked for advice, not for a mirror. */
const MOST_BYTES = 500_000_000;

/** What could be done: this image's own tag, a newer base of the same tag, another base, and the fewest steps that help most. */
export async function recommendations(input: string, options: Options, use: CommandContext): Promise<CommandResult> {
  const report = await adviseOn(input, options, use);
  const { image, bases, plan, hidden } = report.recommendations;
  const chosen = options.tag === undefined ? bases[0] : findAdvice(options.tag, bases);
  const refresh = options.onlyUpdate ? [] : (chosen?.refresh ?? []);
  const change = options.onlyRefresh ? [] : (chosen?.change ?? []);
  const isWhole = !options.onlyRefresh && !options.onlyUpdate;
  const offered = new Set([...refresh, ...change].map(({ digest }) => digest));
  const wish = {
    ...(options.write !== undefined && { write: options.write }),
    ...(options.pin !== undefined && { pin: options.pin }),
    fits: ({ candidate }: DockerfileChange) => (candidate ? offered.has(candidate.digest) : isWhole),
  };
  const file = options.dockerfile === undefined ? adviseOnAttested(wish, report) : await adviseOnFile(options.dockerfile, wish, report);
  const now = use.context.now();
  const isRecommended = image.state === 'outdated' || refresh.length > 0 || (isWhole && plan.length > 0);
  return {
    json: {
      image: { ...report.inventory.image, advice: image },
      refresh,
      change,
      plan: isWhole ? plan : [],
      hidden,
      bases,
      ...(file && { dockerfile: file.advice }),
    },
    hints: hintsOf(report),
    ...(file?.written !== undefined && { faults: [`wrote ${options.dockerfile}: ${file.written}`] }),
    exitCode: options.exitCode && isRecommended ? 2 : 0,
    table(style) {
      const lines = [
        style.bold(clip(report.inventory.image.name, WIDTH)),
        ...wrap(image.reason, { first: '  this image: ', indent: '    ' }),
        ...image.commands.map((command) => `    ${style.accent(printable(command))}`),
      ];
      if (!chosen) lines.push('', 'The base image is unknown: nothing can be said about it.');
      else {
        lines.push('', ...factLines(chosen, now, style));
        if (!options.onlyUpdate)
          lines.push(
            '',
            style.bold('Refresh base image'),
            ...candidateLines(refresh, '✓ This image version is up to date, as far as is known.', now, style, chosen),
          );
        if (!options.onlyRefresh)
          lines.push(
            '',
            style.bold('Change base image'),
            ...candidateLines(change, '✓ There are no tag recommendations at this time.', now, style, chosen),
          );
      }
      if (isWhole) lines.push(...planLines(plan, style), ...hiddenLines(hidden, style));
      if (file) lines.push(...dockerfileLines(file.advice, style));
      return lines.join('\n');
    },
  };
}

/** The report, after the bases that it speaks of were read. */
async function adviseOn(input: string, options: Options, use: CommandContext): Promise<Report> {
  const { workspace, context } = use;
  const { forbid, maxAge } = options;
  const maxAgeDays = maxAge === undefined ? undefined : Number(maxAge);
  if (maxAgeDays !== undefined && !(maxAgeDays >= 0)) {
    throw new AppError('USAGE', `${maxAge} is no number of days`, { hint: 'e.g. --max-age 90' });
  }
  const policy = { ...(forbid && { forbid }), ...(maxAgeDays !== undefined && { maxAgeDays }) };
  const inventory = await indexed(input, options, use);
  if (!context.offline) await workspace.checkTag(inventory.image.digest, context);
  if (options.index !== false)
    await workspace.indexCandidates(inventory.image.digest, { most: INDEXED, maxBytes: MOST_BYTES, policy }, context);
  return workspace.assess(inventory, context, policy);
}

/** The base that a tag, a name or an alias means. */
function findAdvice(tag: string, bases: readonly BaseAdvice[]): BaseAdvice {
  const means = (name: string) => name === tag || name.endsWith(`:${tag}`);
  const found = bases.find(({ current }) => current.tag === tag || [current.name, ...current.aliases].some(means));
  if (found) return found;
  throw new AppError('USAGE', `no base of this image has the tag ${tag}`, {
    hint: bases.length === 0 ? 'no base is known' : `its bases are ${bases.map(({ current }) => current.name).join(', ')}`,
  });
}
