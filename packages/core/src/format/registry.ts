import { AppError } from '../util/errors.ts';
import { csv } from './formats/csv/index.ts';
import { cyclonedx } from './formats/cyclonedx/index.ts';
import { gitlab } from './formats/gitlab/index.ts';
import { html } from './formats/html/index.ts';
import { json } from './formats/json/index.ts';
import { jsonl } from './formats/jsonl/index.ts';
import { markdown } from './formats/markdown/index.ts';
import { sarif } from './formats/sarif/index.ts';
import { spdx } from './formats/spdx/index.ts';
import type { Format } from './types.ts';

/** Every format, in the order of the export menu. */
export const formats = [html, json, jsonl, cyclonedx, spdx, sarif, gitlab, markdown, csv] as const satisfies readonly Format[];

/** The format of an id. Throws `FORMAT_UNKNOWN`. */
export function findFormat(id: string): Format {
  const found = formats.find((format) => format.id === id);
  if (found) return found;
  throw new AppError('FORMAT_UNKNOWN', `there is no format ${id}`, { hint: `there are ${formats.map((format) => format.id).join(', ')}` });
}
