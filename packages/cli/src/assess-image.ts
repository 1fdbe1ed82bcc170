import { AppError, parsePlatform } from '@plimsoll/core';
import type { Report } from '@plimsoll/model';
import type { CommandContext, ImageOptions } from './types.ts';

/** Indexes an image and assesses it. */
export async function assessImage(input: string, options: ImageOptions, { workspace, context }: CommandContext): Promise<Report> {
  if (input.length === 0)
    throw new AppError('USAGE', 'name an image', { hint: 'e.g. debian:12-slim, archive://image.tar, oci-dir://folder' });
  const want = {
    ...(options.platform !== undefined && { platform: parsePlatform(options.platform) }),
    ...(options.ref !== undefined && { ref: options.ref }),
  };
  return workspace.assess(await workspace.index(input, want, context), context);
}

/** What a person should know beside the facts: gaps, and that nothing is covered at all. */
export function hintsOf(report: Report): readonly string[] {
  const gaps = report.coverage.gaps.map((gap) => `not covered: ${gap}`);
  const isEmpty = report.advisories.every(({ state }) => state === 'empty');
  return isEmpty ? [...gaps, 'no advisories are loaded: run plimsoll advisories update'] : gaps;
}

/** Whether vulnerabilities can be spoken of at all. */
export function isCovered({ advisories }: Report): boolean {
  return advisories.some(({ records, ecosystems }) => records > 0 && ecosystems.length > 0);
}
