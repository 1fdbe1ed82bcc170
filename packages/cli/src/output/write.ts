import { writeFileSync } from 'node:fs';
import { AppError, findFormat, messageOf, version } from '@plimsoll/core';
import type { CommandResult } from '../types.ts';
import { createStyle } from './style.ts';
import { printableLines } from './text.ts';

/** Formats that every command has. `list` is the plain table, `report` the whole report where `json` is the command's part of it. */
const OWN_FORMATS: readonly string[] = ['table', 'list', 'json', 'report'];

/** Throws `FORMAT_UNKNOWN` before any work is done. */
export function checkFormats(formats: readonly string[]): void {
  for (const { id } of formats.map(parseFormat)) if (!OWN_FORMATS.includes(id)) findFormat(id);
}

/**
 * Writes a result in each format asked for: `table`, `json`, `sarif=out.sarif`. Throws `FORMAT_UNKNOWN` where the command has no such
 * format, `OUTPUT_UNWRITABLE` where a file cannot be written.
 */
export function writeResult(
  result: CommandResult,
  options: {
    readonly formats: readonly string[];
    /** File for the formats that name none. */
    readonly output?: string;
    readonly color: boolean;
    /** Standard output is a terminal. */
    readonly terminal: boolean;
  },
): void {
  const { formats, output, color, terminal } = options;
  const documents = formats.map(parseFormat).map(({ id, file = output }) => {
    return { file, text: encode(result, id, { color: color && file === undefined, terminal: terminal && file === undefined }) };
  });
  for (const { file, text } of documents) {
    if (file === undefined) process.stdout.write(text);
    else writeFile(file, text);
  }
}

function parseFormat(wanted: string): { readonly id: string; readonly file?: string } {
  const equals = wanted.indexOf('=');
  return equals === -1 ? { id: wanted } : { id: wanted.slice(0, equals), file: wanted.slice(equals + 1) };
}

function encode(result: CommandResult, id: string, { color, terminal }: { readonly color: boolean; readonly terminal: boolean }): string {
  if (id === 'table' || id === 'list') {
    const text = result.table(createStyle(color));
    return text === '' ? '' : `${text}\n`;
  }
  const text = id === 'json' ? `${JSON.stringify(result.json, undefined, 2)}\n` : encodeReport(result, id);
  return terminal ? printableLines(text) : text;
}

function encodeReport({ report }: CommandResult, id: string): string {
  const format = findFormat(id === 'report' ? 'json' : id);
  if (!report) throw new AppError('FORMAT_UNKNOWN', `this command cannot be written as ${id}`, { hint: 'use table or json' });
  return [...format.encode(report, version)].join('');
}

function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${file}: ${messageOf(cause)}`, {
      cause,
      hint: 'give a file in a folder that is there',
    });
  }
}
