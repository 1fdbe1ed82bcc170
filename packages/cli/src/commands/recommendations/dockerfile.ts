import { readFile, stat, writeFile } from 'node:fs/promises';
import { AppError, adviseDockerfile, messageOf } from '@plimsoll/core';
import type { DockerfileAdvice, Report } from '@plimsoll/model';

const MAX_DOCKERFILE = 1_000_000;

/** What a Dockerfile has to do with an image, and with `write` what was written into it. Throws `USAGE`, `OUTPUT_UNWRITABLE`. */
export async function adviseOnFile(
  file: string,
  { write = false, pin = false }: { readonly write?: boolean; readonly pin?: boolean },
  report: Report,
): Promise<{ readonly advice: DockerfileAdvice; readonly written?: string }> {
  const advice = adviseDockerfile(report, { text: await read(file), file, pin });
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
  { pin = false }: { readonly pin?: boolean },
  report: Report,
): { readonly advice: DockerfileAdvice; readonly written?: string } | undefined {
  const dockerfile = report.inventory.image.provenance?.dockerfile;
  return dockerfile && { advice: adviseDockerfile(report, { ...dockerfile, pin }) };
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
