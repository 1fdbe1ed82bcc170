import { AppError, parsePlatform, type Want } from '@plimsoll/core';
import type { Inventory, Report } from '@plimsoll/model';
import { wrap } from './output/text.ts';
import type { CommandContext, ImageOptions } from './types.ts';

const NO_ADVISORIES = 'no advisories are loaded: run plimsoll advisories update';

/** Indexes an image and assesses it. */
export async function assessImage(input: string, options: ImageOptions, use: CommandContext): Promise<Report> {
  return use.workspace.assess(await indexed(input, options, use), use.context);
}

/** Indexes an image. Throws `USAGE` where none is named. */
export async function indexed(input: string, options: ImageOptions, { workspace, context }: CommandContext): Promise<Inventory> {
  if (input.length === 0)
    throw new AppError('USAGE', 'name an image', { hint: 'e.g. debian:12-slim, archive://image.tar, oci-dir://folder' });
  return workspace.index(input, wantOf(options), context);
}

/** Which image of a place is meant. Throws `USAGE` where the platform is none. */
export function wantOf({ platform, ref }: ImageOptions): Want {
  return { ...(platform !== undefined && { platform: parsePlatform(platform) }), ...(ref !== undefined && { ref }) };
}

/** What a person should know beside the facts: gaps, and that nothing is covered at all. */
export function hintsOf(report: Report): readonly string[] {
  return [...report.coverage.gaps.map((gap) => `not covered: ${gap}`), ...updateHint(report)];
}

/** Says how to come by advisories where there are none. */
export function updateHint(report: Pick<Report, 'advisories'>): readonly string[] {
  return isCovered(report) ? [] : [NO_ADVISORIES];
}

/** What could not be looked at, as lines below the counts it puts in question. */
export function gapLines({ coverage }: Report): readonly string[] {
  return coverage.gaps.flatMap((gap) => wrap(gap, { first: 'Not covered: ', indent: '  ' }));
}

/** Whether vulnerabilities can be spoken of at all. */
export function isCovered({ advisories }: Pick<Report, 'advisories'>): boolean {
  return advisories.some(({ records, ecosystems }) => records > 0 && ecosystems.length > 0);
}
