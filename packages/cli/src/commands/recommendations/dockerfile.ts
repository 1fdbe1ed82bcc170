import { readFile, stat, writeFile } from 'node:fs/promises';
import { AppError, adviseDockerfile, messageOf } from '@plimsoll/core';
import type { DockerfileAdvice, DockerfileChange, Report } from '@plimsoll/model';

const MAX_DOCKERFILE = 1_000_000;

/** How the file is to be changed, and which of the changes were asked for. */
interface Wish {
  readonly write?: boolean;
  readonly pin?: boolean;
  readonly fits: (change: DockerfileChange) => boolean;
}

/**
 * What a Dockerfile has to do with an image, and with `write` what was written into it: the first of the changes that were asked for. Throws
 * `USAGE`, `OUTPUT_UNWRITABLE`.
 */
export async function adviseOnFile(
  file: string,
  { write = false, pin = false, fits }: Wish,
  report: Report,
): Promise<{ readonly advice: DockerfileAdvice; readonly written?: string }> {
  const advice = narrowed(adviseDockerfile(report, { text: await read(file), file, pin }), fits);
  const best = advice.changes.find(({ diff }) => diff !== '');
  if (!write || !best) return { advice };
  try {
    await writeFile(file, best.text);
  } catch (cause) {
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${file}: ${messageOf(cause)}`, { cause, hint: 'apply the diff by hand' });
  }
  return { advice, written: best.title };
}

/** The same with the Dockerfile that the build attests; undefined where it attests none. */
export function adviseOnAttested(
  { pin = false, fits }: Wish,
  report: Report,
): { readonly advice: DockerfileAdvice; readonly written?: string } | undefined {
  const dockerfile = report.inventory.image.provenance?.dockerfile;
  return dockerfile && { advice: narrowed(adviseDockerfile(report, { ...dockerfile, pin }), fits) };
}

function narrowed(advice: DockerfileAdvice, fits: Wish['fits']): DockerfileAdvice {
  return { ...advice, changes: advice.changes.filter(fits) };
}

async function read(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_DOCKERFILE) throw new AppError('USAGE', `${file} is too large for a Dockerfile`);
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('USAGE', `the Dockerfile ${file} cannot be read: ${messageOf(cause)}`, { cause, hint: 'is the path right?' });
  }
}
