import { type HiddenPackage, isOsPackageType, type PackageEvent } from '@plimsoll/model';
import type { PackageDraft, SignedFinding } from '../catalog/types.ts';
import type { FileFindings } from '../layer/types.ts';
import { directoryOf } from '../util/path.ts';
import { compareVersions, schemeOf } from '../version/compare.ts';

/** A package that is there, with everything that happened to it. */
export interface LivePackage {
  readonly draft: PackageDraft;
  readonly path: string;
  readonly foundBy: string;
  /** The layer since which this version has been there. */
  readonly introducedIn: number;
  /** The layer whose file tells of it now. */
  readonly seenIn: number;
  readonly life: readonly PackageEvent[];
}

/** A version that a later layer took away. */
export type PastPackage = Omit<LivePackage, 'seenIn' | 'life'> & Pick<HiddenPackage, 'hiddenBy' | 'replacedBy'>;

/** A package as a file tells it. */
type Told = Extract<SignedFinding, { readonly kind: 'package' }>;

/** A file whose findings count, and the layer that holds it. */
interface LiveFile {
  readonly file: FileFindings;
  readonly layer: number;
}

/**
 * Follows packages through the layers. A package lives while a visible file tells of it: rewriting the file with the same version changes
 * nothing; another version in its place is an upgrade or a downgrade.
 *
 * status of layer 0: a 1, b 1. Of layer 2: a 2. Then a was upgraded in layer 2 and b removed there; a 1 and b 1 are hidden.
 */
export function createLives() {
  const files = new Map<string, LiveFile>();
  const tellers = new Map<string, Map<string, Told>>(); // package -> path of file -> what it says
  const live = new Map<string, LivePackage>();
  const gone = new Map<string, readonly PackageEvent[]>(); // lives of packages that may come back
  const past: PastPackage[] = [];
  let touched = new Map<string, string>(); // package -> group

  return {
    files: files as ReadonlyMap<string, LiveFile>,
    live: live as ReadonlyMap<string, LivePackage>,
    past: past as readonly PastPackage[],

    /** A file with findings is there now. */
    put(file: FileFindings, layer: number): void {
      files.set(file.path, { file, layer });
      for (const told of packagesOf(file)) tell(identify(told.draft, file.path), file.path, told);
    },

    /** A file is not there any more. */
    hide(path: string): void {
      const found = files.get(path);
      if (!found) return;
      files.delete(path);
      for (const { draft } of packagesOf(found.file)) tell(identify(draft, path), path, undefined);
    },

    /** Compares packages before and after a layer. */
    endLayer(layer: number): void {
      const removed: { readonly group: string; readonly was: LivePackage }[] = [];
      const added: (Told & { readonly id: string; readonly group: string; readonly path: string })[] = [];
      for (const [id, group] of touched) {
        const was = live.get(id);
        const [told] = [...(tellers.get(id) ?? [])].toSorted(byWorth);
        if (was && told && was.draft.version === told[1].draft.version) {
          live.set(id, { ...was, draft: told[1].draft, path: told[0], seenIn: files.get(told[0])?.layer ?? layer });
          continue;
        }
        if (was) {
          removed.push({ group, was });
          live.delete(id);
        }
        if (told) added.push({ id, group, path: told[0], ...told[1] });
      }
      touched = new Map();
      for (const { id, group, path, draft, by } of added) {
        const replaced = removed.findIndex((other) => other.group === group);
        const [before] = replaced === -1 ? [] : removed.splice(replaced, 1);
        if (before) past.push(toPast(before.was, layer, draft.version));
        const event = eventOf(draft, before?.was.draft, layer);
        const life = [...(before?.was.life ?? gone.get(group) ?? []), event];
        gone.delete(group);
        live.set(id, { draft, path, life, introducedIn: layer, seenIn: layer, foundBy: by });
      }
      for (const { group, was } of removed) {
        past.push(toPast(was, layer, undefined));
        gone.set(group, [...was.life, { layer, kind: 'removed', from: was.draft.version }]);
      }
    },
  };

  function tell({ id, group }: { readonly id: string; readonly group: string }, path: string, told: Told | undefined): void {
    touched.set(id, group);
    const found = tellers.get(id) ?? new Map<string, Told>();
    if (told) found.set(path, told);
    else found.delete(path);
    if (found.size > 0) tellers.set(id, found);
    else tellers.delete(id);
  }
}

/** Of two files that tell of one package the one that knows its origin, by which advisories are found; else by path. */
function byWorth([a, { draft }]: readonly [string, Told], [b, other]: readonly [string, Told]): number {
  return Number(!draft.origin) - Number(!other.draft.origin) || (a < b ? -1 : 1);
}

function packagesOf({ findings }: FileFindings): readonly Told[] {
  return findings.filter((finding) => finding.kind === 'package');
}

/**
 * What makes a package the same one (`id`), and what makes one take the place of another (`group`). An OS package is one whatever file
 * tells of it; a language package is one a place, and a wheel's metadata folder carries its version, so its place is the folder around.
 * An archive may hold several versions of one library; a program and
 * its libraries are one.
 */
function identify(
  { type, name, version, architecture, within }: PackageDraft,
  path: string,
): { readonly id: string; readonly group: string } {
  if (isOsPackageType(type)) {
    const id = `${type} ${name} ${architecture ?? ''}`;
    return { id, group: id };
  }
  if (type === 'generic') return { id: `${type} ${name} ${version}`, group: `${type} ${name}` };
  const folder = directoryOf(path);
  const place = type === 'pypi' && /\.(?:dist|egg)-info$/.test(folder) ? directoryOf(folder) : folder;
  if (within !== undefined) return { id: `${type} ${name} ${path} ${within} ${version}`, group: `${type} ${name} ${path} ${within}` };
  return { id: `${type} ${name} ${path}`, group: `${type} ${name} ${place}` };
}

function eventOf(now: PackageDraft, before: PackageDraft | undefined, layer: number): PackageEvent {
  if (!before) return { layer, kind: 'added', to: now.version };
  const kind = compareVersions(schemeOf(now.type), before.version, now.version) === 1 ? 'downgraded' : 'upgraded';
  return { layer, kind, from: before.version, to: now.version };
}

function toPast({ draft, path, foundBy, introducedIn }: LivePackage, hiddenBy: number, replacedBy: string | undefined): PastPackage {
  return { draft, path, foundBy, introducedIn, hiddenBy, ...(replacedBy !== undefined && { replacedBy }) };
}
