import type { Diagnostic } from '@plimsoll/model';
import { type Cataloged, catalogFile, claimFile, scanFile } from '../catalog/driver.ts';
import type { Cataloger, ScanningCataloger, SignedFinding } from '../catalog/types.ts';
import type { TarEntry, TarSink } from '../tar/types.ts';
import type { FileFindings, LayerEntry, LayerFacts } from './types.ts';
import { readWhiteout } from './whiteout.ts';

/** A file that is passing, and who reads it. */
interface OpenFile {
  readonly path: string;
  /** Those that need it as a whole, and its bytes so far. */
  readonly whole: readonly Cataloger[];
  readonly bytes: Uint8Array;
  filled: number;
  scans: { readonly scan: ReturnType<typeof scanFile>; done: boolean }[];
}

/** What is remembered of a file for the hard links to it. */
interface ReadFile {
  readonly catalogers: ReadonlySet<string>;
  readonly findings: readonly SignedFinding[];
}

/** As many faults of files are told one by one, of each layer. */
const MAX_DIAGNOSTICS = 200;

/** Keeps entries and reads claimed files as the tar passes. `maxClaimedBytes`: of files that are held as a whole, together. */
export function createCollector({ maxClaimedBytes }: { readonly maxClaimedBytes: number }): {
  readonly sink: TarSink;
  facts(): Omit<LayerFacts, 'diffId' | 'tarBytes'>;
} {
  const entries: LayerEntry[] = [];
  const files = new Map<string, ReadFile>();
  const diagnostics: Diagnostic[] = [];
  let skippedFiles = 0;
  let unreadableFiles = 0;
  let untold = 0;
  let claimedBytes = 0;
  let open: OpenFile | undefined;

  const sink: TarSink = {
    entry(entry) {
      const whiteout = readWhiteout(entry.path);
      if (whiteout === 'ignored') return false;
      entries.push(whiteout ?? toEntry(entry));
      if (whiteout || (entry.kind !== 'file' && entry.kind !== 'hardlink')) return false;
      if (entry.kind === 'hardlink') {
        linkFindings(entry);
        return false;
      }
      const claiming = claimFile(entry);
      files.delete(entry.path); // the last entry of a path counts
      if (claiming.length === 0) return false;
      open = startFile(entry, claiming);
      if (!open) return false;
      if (entry.size === 0) sink.end();
      return true;
    },
    data(chunk) {
      if (!open) return;
      if (open.whole.length > 0) {
        open.bytes.set(chunk, open.filled);
        open.filled += chunk.length;
      }
      for (const one of open.scans) if (!one.done) one.done = !one.scan.push(chunk);
    },
    end() {
      if (!open) return;
      const { path, whole, bytes, scans } = open;
      open = undefined;
      const read = [...whole.map((cataloger) => catalogFile(cataloger, path, bytes)), ...scans.map(({ scan }) => scan.end())];
      files.set(path, { catalogers: new Set(whole.map(({ id }) => id)), findings: read.flatMap(keep) });
    },
  };
  return { sink, facts: () => ({ entries, files: toFindings(files), diagnostics: told(), skippedFiles, unreadableFiles }) };

  function startFile(entry: TarEntry, claiming: readonly (Cataloger | ScanningCataloger)[]): OpenFile | undefined {
    const fitting = claiming.filter(isWhole).filter((cataloger) => fits(entry, cataloger));
    const scanning = entry.size === 0 ? [] : claiming.filter((cataloger): cataloger is ScanningCataloger => !isWhole(cataloger));
    if (fitting.length === 0 && scanning.length === 0) return undefined;
    const scans = scanning.map((cataloger) => ({ scan: scanFile(cataloger, entry), done: false }));
    return { path: entry.path, whole: fitting, bytes: new Uint8Array(fitting.length > 0 ? entry.size : 0), filled: 0, scans };
  }

  function fits(entry: TarEntry, cataloger: Cataloger): boolean {
    claimedBytes += entry.size;
    if (entry.size <= cataloger.maxBytes && claimedBytes <= maxClaimedBytes) return true;
    skip(entry.path, cataloger, `${entry.path} was left out: it has ${entry.size} bytes`);
    return false;
  }

  function keep({ findings, diagnostic }: Cataloged): readonly SignedFinding[] {
    if (diagnostic) {
      unreadableFiles += 1;
      tell(diagnostic);
    }
    return findings;
  }

  /** A layer may hold a million broken files: the first few tell what is wrong, the rest are counted. */
  function tell(diagnostic: Diagnostic): void {
    if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push(diagnostic);
    else untold += 1;
  }

  function told(): readonly Diagnostic[] {
    if (untold === 0) return diagnostics;
    return [
      ...diagnostics,
      { code: 'PACKAGE_FILE_SKIPPED', message: `${untold} more files were left out or could not be read`, author: 'layer' },
    ];
  }

  /** A hard link is the file it names: known where that was read in this layer. */
  function linkFindings(entry: TarEntry): void {
    files.delete(entry.path);
    const target = files.get(entry.link ?? '');
    for (const cataloger of claimFile(entry)) {
      if (!isWhole(cataloger) || target?.catalogers.has(cataloger.id)) continue;
      skip(entry.path, cataloger, `${entry.path} was left out: it is a hard link to ${entry.link}, which this layer does not hold as one`);
    }
    if (target) files.set(entry.path, target);
  }

  function skip(path: string, cataloger: Cataloger, message: string): void {
    skippedFiles += 1;
    tell({ code: 'PACKAGE_FILE_SKIPPED', message, author: cataloger.id, path });
  }
}

function isWhole(cataloger: Cataloger | ScanningCataloger): cataloger is Cataloger {
  return 'catalog' in cataloger;
}

/** Files that were claimed as a whole count even where nothing was found: that they are there says something. */
function toFindings(files: ReadonlyMap<string, ReadFile>): readonly FileFindings[] {
  return [...files]
    .filter(([, { catalogers, findings }]) => catalogers.size > 0 || findings.length > 0)
    .map(([path, { findings }]) => ({ path, findings }));
}

function toEntry({ path, kind, size, link }: TarEntry): LayerEntry {
  return link === undefined ? { path, kind, size } : { path, kind, size, link };
}
