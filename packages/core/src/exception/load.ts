import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '@plimsoll/model';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import { sha256 } from '../util/hash.ts';
import { type Configuration, parseConfiguration } from './config.ts';
import { parseVex } from './parse-vex.ts';
import type { Exceptions, VexDocument } from './types.ts';

/** The file that is looked for in the working folder. */
const CONFIGURATION_FILE = '.plimsoll.yaml';
const MAX_CONFIGURATION = 1024 * 1024;
const MAX_DOCUMENT = 64 * 1024 * 1024;
const MAX_DOCUMENTS = 10_000;

/** No exceptions at all. */
export const noExceptions: Exceptions = { rules: [], documents: [], diagnostics: [], fingerprint: '' };

/** Where exceptions are looked for. */
export interface ExceptionPlaces {
  /** A configuration file that must be there; without it `.plimsoll.yaml` of `folder` is read where it is there. */
  readonly config?: string;
  /** The working folder. */
  readonly folder: string;
  /** Files and folders with VEX documents. */
  readonly vex?: readonly string[];
}

/**
 * Reads the rules and the VEX documents that a person gives. A document that is named and cannot be read stops: `VEX_UNREADABLE`; one that lies in a
 * folder becomes a diagnostic. Throws `CONFIGURATION_INVALID`, `VEX_UNREADABLE`.
 */
export function loadExceptions({ config, folder, vex = [] }: ExceptionPlaces): Exceptions {
  const diagnostics: Diagnostic[] = [];
  const file = path.resolve(folder, config ?? CONFIGURATION_FILE);
  const configuration = readConfiguration(file, config ?? CONFIGURATION_FILE, config !== undefined);
  const locations = [
    ...configuration.vex.map((place) => path.resolve(path.dirname(file), place)),
    ...vex.map((place) => path.resolve(folder, place)),
  ];
  const documents = [...new Set(locations)].flatMap((place) => readPlace(place, (fault) => diagnostics.push(fault)));
  const { rules } = configuration;
  if (rules.length === 0 && documents.length === 0 && diagnostics.length === 0) return noExceptions;
  return { rules, documents, diagnostics, fingerprint: sha256(JSON.stringify([rules, documents, diagnostics])) };
}

function readConfiguration(file: string, name: string, mustBe: boolean): Configuration {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found && !mustBe) return { rules: [], vex: [] };
  if (!found?.isFile() || found.size > MAX_CONFIGURATION)
    throw new AppError('CONFIGURATION_INVALID', `${name} is no file of at most ${MAX_CONFIGURATION} bytes`, { hint: 'is it there?' });
  return parseConfiguration(readText(file), name);
}

function readPlace(place: string, diagnose: (fault: Diagnostic) => void): readonly VexDocument[] {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isFile()) return [readDocument(place)];
  if (!found?.isDirectory()) {
    throw new AppError('VEX_UNREADABLE', `there is no file or folder ${place} with VEX documents`);
  }
  const files = readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length > MAX_DOCUMENTS) throw new AppError('LIMIT_EXCEEDED', `${place} holds more than ${MAX_DOCUMENTS} documents`);
  return files.flatMap((file) => {
    try {
      return [readDocument(file)];
    } catch (error) {
      if (!isAppError(error)) throw error;
      diagnose({ code: 'VEX_UNREADABLE', message: error.message, author: 'exceptions' });
      return [];
    }
  });
}

function readDocument(file: string): VexDocument {
  const { size } = statSync(file);
  if (size > MAX_DOCUMENT) throw new AppError('VEX_UNREADABLE', `${file} is larger than ${MAX_DOCUMENT} bytes`);
  return parseVex(readText(file), path.basename(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new AppError('VEX_UNREADABLE', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
