import { sbomReaders } from './registry.ts';
import type { SbomContent, SbomReader } from './types.ts';

/** Reads a document; undefined where it is JSON of no known format. Throws where it is none, or breaks its own format. */
export function readSbom(text: string): SbomContent | undefined {
  const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  const fields = document as Readonly<Record<string, unknown>>;
  const reader: SbomReader | undefined = sbomReaders.find((candidate) => candidate.recognises(fields));
  return reader?.read(fields);
}

/** Formats, for people: `CycloneDX, SPDX, Syft`. */
export const sbomFormats: string = sbomReaders.map(({ title }) => title).join(', ');
