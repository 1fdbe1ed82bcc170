import { readFile, stat } from 'node:fs/promises';
import { AppError, compareReports } from '@plimsoll/core';
import { type ComparedMatch, type Comparison, type Report, reportSchema } from '@plimsoll/model';
import { assessImage, gapLines } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { createTable } from '../../output/table.ts';
import { bytesText, clip, countText, flow, WIDTH } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

interface Options extends ImageOptions {
  readonly to: string;
  readonly toRef?: string;
  readonly exitOn?: readonly string[];
}

/** Reports of the largest images are some tens of megabytes. */
const MAX_REPORT = 512 * 1024 ** 2;
const CONDITIONS = ['vulnerability', 'package'] as const;

/** What an image has that another one has not, and the other way round; `--to` may be a report of another day. */
export async function compare(input: string, options: Options, use: CommandContext): Promise<CommandResult> {
  const conditions = (options.exitOn ?? []).flatMap((list) => list.split(','));
  const unknown = conditions.find((condition) => !(CONDITIONS as readonly string[]).includes(condition));
  if (unknown !== undefined) throw new AppError('USAGE', `${unknown} is nothing to exit on`, { hint: CONDITIONS.join(', ') });
  const { platform, toRef } = options;
  // The first is what is looked at, the second what it is held against: what is added is what the first brings.
  const to = await assessImage(input, options, use);
  const other = { ...(platform !== undefined && { platform }), ...(toRef !== undefined && { ref: toRef }) };
  const from = (await readReport(options.to)) ?? (await assessImage(options.to, other, use));
  const found = compareReports(from, to);
  const holds =
    (conditions.includes('vulnerability') && found.vulnerabilities.added.length > 0) ||
    (conditions.includes('package') && found.packages.changes.length > 0);
  return { json: found, exitCode: holds ? 2 : 0, table: (style) => [...table(found, style), ...gapLines(to)].join('\n') };
}

/** A report that this program wrote; undefined where the path is no such file. */
async function readReport(file: string): Promise<Report | undefined> {
  if (!file.endsWith('.json')) return undefined;
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return undefined;
  if (size > MAX_REPORT) throw new AppError('LIMIT_EXCEEDED', `${file} is larger than any report`);
  const text = await readFile(file, 'utf8');
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('INPUT_UNRECOGNISED', `${file} is no report of this version`, {
      cause,
      hint: 'write one with: plimsoll cves IMAGE --format report=FILE',
    });
  }
}

function table(found: Comparison, style: Style): readonly string[] {
  const { from, to, packages, vulnerabilities, difference, config, sharedLayers } = found;
  const signed = (number: number, text: string) => `${number > 0 ? '+' : number < 0 ? '-' : '±'}${text}`;
  return [
    createTable(
      ['', 'this image', 'the other', 'difference'],
      [
        ['image', clip(to.name, 24), clip(from.name, 24), ''],
        ['size', bytesText(to.size), bytesText(from.size), signed(difference.size, bytesText(Math.abs(difference.size)))],
        ['packages', String(to.packages), String(from.packages), signed(difference.packages, String(Math.abs(difference.packages)))],
        ['advisories of', to.advisories?.slice(0, 10) ?? 'none', from.advisories?.slice(0, 10) ?? 'none', ''],
        ['shared layers', String(sharedLayers), '', ''],
      ],
      { flex: [1, 2] },
    ),
    `  vulnerabilities ${style.counts(to.counts)}, the other ${style.counts(from.counts)}  ${style.difference(difference.counts)}`,
    '',
    ...flow(
      [
        `+ ${countText(packages.added, 'package')} added`,
        `- ${packages.removed} removed`,
        `~ ${packages.changed} changed`,
        `  ${packages.unchanged} unchanged`,
      ],
      { first: '', indent: '  ', gap: '  ' },
    ),
    ...packages.changes.map(({ type, name, from: before, to: after }) =>
      clip(
        `  ${before === undefined ? '+' : after === undefined ? '-' : '~'} ${type} ${name} ${[before, after].filter((version) => version !== undefined).join(' → ')}`,
        WIDTH,
      ),
    ),
    ...matchLines('Brings', vulnerabilities.added, style),
    ...matchLines('Is without', vulnerabilities.removed, style),
    ...(config.length === 0 ? [] : ['', style.bold('Settings')]),
    ...config.map(({ field, name, from: before, to: after }) =>
      clip(`  ${field.toUpperCase()}${name === undefined ? '' : ` ${name}`}: ${before ?? '(none)'} → ${after ?? '(none)'}`, WIDTH),
    ),
  ];
}

function matchLines(title: string, found: readonly ComparedMatch[], style: Style): readonly string[] {
  const byCause = (cause: ComparedMatch['cause']) => found.filter((match) => match.cause === cause);
  return (['image', 'advisories'] as const).flatMap((cause) => {
    const matches = byCause(cause);
    if (matches.length === 0) return [];
    const why = cause === 'image' ? 'the image changed' : 'the advisories changed';
    return [
      '',
      style.bold(`${title} ${countText(matches.length, 'vulnerability', 'vulnerabilities')}: ${why}`),
      ...matches.map(
        ({ id, severity, package: name }) =>
          `  ${style.severity(severity, clip(severity, 11).padEnd(11))} ${clip(`${id}  ${name}`, WIDTH - 14)}`,
      ),
    ];
  });
}
