import type { Diagnostic } from '@plimsoll/model';
import { messageOf } from '../util/errors.ts';
import { catalogers } from './registry.ts';
import type { CandidateFile, Cataloger, Finding } from './types.ts';

/** The cataloger that reads a file. Runs for each file of each layer. */
export function claimFile(file: CandidateFile): Cataloger | undefined {
  for (const cataloger of catalogers) if (cataloger.claims(file.path, file)) return cataloger;
  return undefined;
}

/** What a cataloger says of a file; a file it cannot read becomes a diagnostic, and what was found before it stays. */
export function catalogFile(
  cataloger: Cataloger,
  path: string,
  bytes: Uint8Array,
): { readonly findings: readonly Finding[]; readonly diagnostic?: Diagnostic } {
  const findings: Finding[] = [];
  try {
    for (const finding of cataloger.catalog({ path, bytes })) {
      const kept = finding.kind === 'owns' ? onlyClaimed(finding) : finding;
      if (kept) findings.push(kept);
    }
    return { findings };
  } catch (error) {
    const message = `${path} cannot be read: ${messageOf(error).slice(0, 200)}`;
    return { findings, diagnostic: { code: 'PACKAGE_FILE_UNREADABLE', message, author: cataloger.id, path } };
  }
}

/** Ids and versions of all catalogers: part of every cache key. */
export function catalogerVersions(): Readonly<Record<string, number>> {
  return Object.fromEntries(catalogers.map(({ id, version }) => [id, version]));
}

/** Owned paths matter where another cataloger reads them: the rest would make up most of the facts. */
function onlyClaimed(finding: Extract<Finding, { readonly kind: 'owns' }>): Finding | undefined {
  const paths = finding.paths.filter((path) => claimFile({ path, kind: 'file', size: 0 }));
  return paths.length === 0 ? undefined : { ...finding, paths };
}
