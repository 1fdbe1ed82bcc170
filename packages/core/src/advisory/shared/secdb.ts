import { z } from 'zod';
import type { Context } from '../../util/context.ts';
import type { Advisory, AdvisoryRecord, AffectedPackage, SourceDocument } from '../types.ts';
import { jsonFiles } from './documents.ts';

/** The live ones have up to some 20 MB. */
const MAX_DOCUMENT = 128 * 1024 * 1024;

const schema = z.object({
  distroversion: z.string().nullish(),
  packages: z.array(
    z.object({ pkg: z.object({ name: z.string(), secfixes: z.record(z.string(), z.array(z.string().nullable()).nullable()).nullish() }) }),
  ),
});

/** How one distribution's database differs from another's. */
export interface SecdbDialect {
  /** The source's id. */
  readonly source: string;
  /** The ecosystem of a document, from the release it states. */
  ecosystemOf(release: string): string;
  /** The page about a vulnerability. */
  pageOf(id: string): string | undefined;
}

/** The records of a document, or of each document in a zip. One that cannot be read becomes a diagnostic. */
export async function* readSecdb(document: SourceDocument, dialect: SecdbDialect, context: Context): AsyncGenerator<AdvisoryRecord> {
  for await (const { name, read } of jsonFiles(document, MAX_DOCUMENT)) {
    const advisories = parseSecdb(await read(), dialect);
    if (typeof advisories === 'string') {
      context.diagnose({
        code: 'ADVISORY_RECORD_UNREADABLE',
        message: `${document.name}: ${name}: ${advisories}`,
        author: dialect.source,
      });
      continue;
    }
    for (const advisory of advisories) yield { kind: 'advisory', advisory };
  }
}

/**
 * Reads the database of one repository: `{ origin package: { fixing version: [ids] } }`; version `0` says that no version of it ever had
 * it. What is wrong with it, as text, where it cannot be read. https://secdb.alpinelinux.org/
 */
export function parseSecdb(bytes: Uint8Array, dialect: SecdbDialect): readonly Advisory[] | string {
  const read = schema.safeParse(parse(bytes));
  if (!read.success) return read.error.issues[0]?.message ?? 'malformed';
  const ecosystem = dialect.ecosystemOf(read.data.distroversion ?? '');
  const advisories: Advisory[] = [];
  for (const { pkg } of read.data.packages) {
    for (const [version, cells] of Object.entries(pkg.secfixes ?? {})) {
      const common = { ecosystem, name: pkg.name, scheme: 'apk' } as const;
      const affected: AffectedPackage =
        version === '0'
          ? { ...common, ranges: [], status: 'not-affected' }
          : { ...common, ranges: [{ fixed: version }], status: 'affected' };
      for (const id of (cells ?? []).flatMap(idsOf)) advisories.push(toAdvisory(id, affected, dialect.pageOf(id)));
    }
  }
  return advisories;
}

/** A cell may hold several ids and notes: `CVE-2021-1 (+ regression) XSA-1`. */
function idsOf(cell: string | null): readonly string[] {
  return (cell ?? '').split(/[\s,]+/).filter((word) => /^[A-Z][A-Z0-9]{1,15}-[A-Za-z0-9-]{1,60}$/.test(word));
}

function toAdvisory(id: string, affected: AffectedPackage, page: string | undefined): Advisory {
  return { id, aliases: [], opinions: [], cwes: [], references: page ? [page] : [], withdrawn: false, affected: [affected] };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
