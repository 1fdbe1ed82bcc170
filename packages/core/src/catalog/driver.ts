import type { Diagnostic } from '@plimsoll/model';
import { messageOf } from '../util/errors.ts';
import { purlOf } from './purl.ts';
import { catalogers } from './registry.ts';
import type { CandidateFile, Cataloger, FileScan, Finding, PackageDraft, ScanningCataloger, SignedFinding } from './types.ts';

const NOBODY: readonly never[] = [];

/** The catalogers that read a file, mostly none. Runs for each file of each layer. */
export function claimFile(file: CandidateFile): readonly (Cataloger | ScanningCataloger)[] {
  let claiming: (Cataloger | ScanningCataloger)[] | undefined;
  for (const cataloger of catalogers) {
    if (!cataloger.claims(file.path, file)) continue;
    claiming ??= [];
    claiming.push(cataloger);
  }
  return claiming ?? NOBODY;
}

/** What came of reading a file: a file that cannot be read becomes a diagnostic, and what was found before it stays. */
export interface Cataloged {
  readonly findings: readonly SignedFinding[];
  readonly diagnostic?: Diagnostic;
}

/** What a cataloger says of a file that is there as a whole. */
export function catalogFile(cataloger: Cataloger, path: string, bytes: Uint8Array): Cataloged {
  return collect(cataloger, path, () => cataloger.catalog({ path, bytes }));
}

/** A scan that does not throw: a fault ends it, and is told at its end. */
export function scanFile(
  cataloger: ScanningCataloger,
  file: CandidateFile,
): { readonly push: FileScan['push']; readonly end: () => Cataloged } {
  const scan = cataloger.scan(file);
  let fault: unknown;
  return {
    push(chunk) {
      try {
        return scan.push(chunk);
      } catch (error) {
        fault = error;
        return false;
      }
    },
    end: () =>
      collect(cataloger, file.path, () => {
        if (fault !== undefined) throw fault;
        return scan.end();
      }),
  };
}

/** Ids and versions of all catalogers: part of every cache key. */
export function catalogerVersions(): Readonly<Record<string, number>> {
  return Object.fromEntries(catalogers.map(({ id, version }) => [id, version]));
}

function collect({ id }: { readonly id: string }, path: string, read: () => Iterable<Finding>): Cataloged {
  const findings: SignedFinding[] = [];
  let fault: unknown;
  try {
    for (const finding of read()) {
      const wrong = finding.kind === 'package' ? faultOf(finding.draft) : undefined;
      fault ??= wrong;
      const kept = finding.kind === 'owns' ? onlyClaimed(finding) : finding;
      if (kept && wrong === undefined) findings.push({ ...kept, by: id });
    }
  } catch (error) {
    fault = error;
  }
  if (fault === undefined) return { findings };
  const message = `${path} cannot be read: ${messageOf(fault).slice(0, 200)}`;
  return { findings, diagnostic: { code: 'PACKAGE_FILE_UNREADABLE', message, author: id, path } };
}

/** Why a package has no purl, and so no place among the others: names that are blank or hold halves of characters. */
function faultOf(draft: PackageDraft): unknown {
  try {
    purlOf(draft, undefined);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Owned paths matter where another cataloger may read them: the rest would make up most of the facts. */
function onlyClaimed(finding: Extract<Finding, { readonly kind: 'owns' }>): Finding | undefined {
  const paths = finding.paths.filter((path) => claimFile({ path, kind: 'file', size: 0, executable: true }).length > 0);
  return paths.length === 0 ? undefined : { ...finding, paths };
}
