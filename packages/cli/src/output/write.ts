import { writeFileSync } from 'node:fs';
import { AppError, findFormat, version } from '@plimsoll/core';
import type { CommandResult } from '../types.ts';
import { createStyle } from './style.ts';

/** Writes a result in each format asked for: `table`, `json`, `sarif=out.sarif`. `list` is the plain table. */
export function writeResult(
  result: CommandResult,
  options: { readonly formats: readonly string[]; readonly output?: string; readonly color: boolean },
): void {
  for (const wanted of options.formats) {
    const equals = wanted.indexOf('=');
    const id = equals === -1 ? wanted : wanted.slice(0, equals);
    const file = equals === -1 ? options.output : wanted.slice(equals + 1);
    const text = [...encode(result, id, options.color && file === undefined)];
    if (file === undefined) for (const piece of text) process.stdout.write(piece);
    else writeFileSync(file, text.join(''));
  }
}

function* encode(result: CommandResult, id: string, color: boolean): Generator<string> {
  if (id === 'table' || id === 'list') {
    const text = result.table(createStyle(color));
    if (text !== '') yield `${text}\n`;
  } else if (id === 'json') {
    yield `${JSON.stringify(result.json, undefined, 2)}\n`;
  } else if (result.report) {
    yield* findFormat(id).encode(result.report, version);
  } else {
    throw new AppError('FORMAT_UNKNOWN', `this command cannot be written as ${id}`, { hint: 'use table or json' });
  }
}
