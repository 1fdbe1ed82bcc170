import {
  type Coverage,
  type Diagnostic,
  type Distro,
  type HiddenPackage,
  type ImageDescription,
  type Inventory,
  isOsPackageType,
  type Location,
  type Package,
} from '@plimsoll/model';
import { purlOf } from '../catalog/purl.ts';
import type { LayerFacts } from '../layer/types.ts';
import { createFileCounter } from './files.ts';
import { createLicenses } from './licenses.ts';
import { createLives, type LivePackage, type PastPackage } from './lives.ts';
import { createOwnership } from './ownership.ts';
import { createTree } from './tree.ts';

/** Files without which the packages of a distribution are not known any more. */
const DATABASES = [
  'var/lib/dpkg/status',
  'lib/apk/db/installed',
  'usr/lib/apk/db/installed',
  'var/lib/rpm/Packages',
  'var/lib/rpm/rpmdb.sqlite',
  'usr/lib/sysimage/rpm/Packages.db',
  'usr/lib/sysimage/rpm/rpmdb.sqlite',
];

/** As many programs are named in a sentence. */
const MAX_NAMED = 5;

/**
 * Replays the layers in order and keeps what happened to each path and package. Pure and exact.
 *
 * `facts` has one element for each layer of the image that is not empty, in order; layer indices in the result are those of the history,
 * empty layers counted.
 */
export function squash(image: ImageDescription, facts: readonly LayerFacts[], catalogers: Readonly<Record<string, number>>): Inventory {
  const indices = image.layers.filter(({ emptyLayer }) => !emptyLayer).map(({ index }) => index);
  const counter = createFileCounter(indices);
  const lives = createLives();
  const removedDatabases = new Map<string, number>();

  const tree = createTree({
    put(path, node) {
      counter.put(path, node);
    },
    hide(path, node, layer) {
      counter.hide(path, node, layer);
      lives.hide(path);
      if (DATABASES.includes(path)) removedDatabases.set(path, layer);
    },
  });
  for (const [position, { entries, files }] of facts.entries()) {
    const layer = indices[position] as number;
    const places = tree.apply(layer, entries);
    for (const file of files) {
      const path = places.get(file.path) ?? file.path;
      if (tree.at(path)?.layer === layer) lives.put({ ...file, path }, layer);
    }
    lives.endLayer(layer);
  }

  const silent = DATABASES.filter((path) => lives.files.get(path)?.file.findings.length === 0 && (tree.at(path)?.size ?? 0) > 0).map(
    (path) => `the package database ${path} names no packages: what it listed is not known`,
  );

  const distro = findDistro(lives.files);
  const everOwned = createOwnership(facts.flatMap(({ files }) => files));
  // What a package manager installed is that package, whatever its programs say of themselves.
  const isOwn = ({ draft, path }: Found) => draft.type !== 'generic' || everOwned(path) === undefined;
  const gaps = [...removedDatabases]
    .filter(([path]) => !lives.files.has(path))
    .map(
      ([path, layer]) =>
        `layer ${layer} removed the package database ${path}: its packages are not listed, though their files may be there`,
    );
  return {
    schema: 1,
    image,
    ...(distro && { distro }),
    packages: toPackages(lives, distro, isOwn),
    hidden: lives.past
      .filter(isOwn)
      .map((past) => toHidden(past, distro))
      .sort(byHiding),
    files: counter.statistics((path) => tree.at(path) !== undefined),
    catalogers,
    coverage: toCoverage(facts, [...gaps, ...silent, ...unknownPrograms(lives, everOwned)]),
    diagnostics: facts.flatMap(({ diagnostics }, position) =>
      diagnostics.map((fault): Diagnostic => ({ ...fault, layer: indices[position] })),
    ),
  };
}

type Found = Pick<LivePackage, 'draft' | 'path'>;

/** Programs that are in no package and that no cataloger could tell: what they are made of is not looked at. */
function unknownPrograms({ files }: ReturnType<typeof createLives>, ownerOf: (path: string) => string | undefined): readonly string[] {
  const unknown = [...files]
    .filter(([, { file }]) => file.findings.some(({ kind }) => kind === 'program') && !file.findings.some(({ kind }) => kind === 'package'))
    .map(([path]) => path)
    .filter((path) => ownerOf(path) === undefined)
    .sort();
  if (unknown.length === 0) return [];
  const named = unknown.slice(0, MAX_NAMED).join(', ');
  const rest = unknown.length > MAX_NAMED ? ` and ${unknown.length - MAX_NAMED} more` : '';
  const what = unknown.length === 1 ? '1 program is in no package and was' : `${unknown.length} programs are in no package and were`;
  return [`${what} not identified: ${named}${rest}`];
}

function toPackages(
  lives: ReturnType<typeof createLives>,
  distro: Distro | undefined,
  isOwn: (found: Found) => boolean,
): readonly Package[] {
  const ownerOf = createOwnership([...lives.files.values()].map(({ file }) => file));
  const licensesOf = createLicenses([...lives.files.values()].map(({ file }) => file));
  const live = [...lives.live.values()].filter(isOwn);
  const systemIds = new Map<string, string>();
  for (const { draft } of live) {
    if (!isOsPackageType(draft.type)) continue;
    const id = purlOf(draft, distro);
    systemIds.set(draft.name, id);
    systemIds.set(`${draft.name}:${draft.architecture}`, id);
  }
  return live
    .map((found): Package => {
      const { draft, path, life, introducedIn, foundBy } = found;
      const purl = purlOf(draft, distro);
      const isSystem = isOsPackageType(draft.type);
      const owner = isSystem ? undefined : ownerOf(path);
      const ownedBy = owner === undefined ? undefined : systemIds.get(owner);
      return {
        id: isSystem ? purl : `${purl}#${placeOf(found)}`,
        ...common(draft, purl),
        ...(draft.architecture && { architecture: draft.architecture }),
        licenses: licensesOf(draft),
        evidence: evidenceOf(found),
        introducedIn,
        life,
        ...(ownedBy && { ownedBy }),
        foundBy,
      };
    })
    .sort(byName);
}

function toHidden(past: PastPackage, distro: Distro | undefined): HiddenPackage {
  const { draft, introducedIn, hiddenBy, replacedBy, foundBy } = past;
  const purl = purlOf(draft, distro);
  const path = placeOf(past);
  return {
    id: `${purl}#${path}@${introducedIn}`,
    ...common(draft, purl),
    evidence: [{ path, layer: introducedIn }],
    introducedIn,
    hiddenBy,
    ...(replacedBy !== undefined && { replacedBy }),
    foundBy,
  };
}

function common({ type, name, version, origin }: LivePackage['draft'], purl: string) {
  return { type, name, version, purl, ...(origin && { origin }) };
}

/** The file that tells of it; of an archive the place in it too: `app/shop.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar`. */
function placeOf({ draft: { within }, path }: Pick<LivePackage, 'draft' | 'path'>): string {
  return within === undefined ? path : `${path}!/${within}`;
}

/** Where it came in, then where it is seen now, if that is another layer. */
function evidenceOf(found: LivePackage): readonly Location[] {
  const { introducedIn, seenIn } = found;
  const path = placeOf(found);
  const first = { path, layer: introducedIn };
  return seenIn === introducedIn ? [first] : [first, { path, layer: seenIn }];
}

/** `/etc/os-release` is the one that counts; where it is a link, the file it links to was read. */
function findDistro(files: ReturnType<typeof createLives>['files']): Distro | undefined {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    for (const finding of files.get(path)?.file.findings ?? []) if (finding.kind === 'distro') return finding.distro;
  }
  return undefined;
}

function toCoverage(facts: readonly LayerFacts[], gaps: readonly string[]): Coverage {
  return {
    gaps,
    unreadableFiles: facts.reduce((total, { unreadableFiles }) => total + unreadableFiles, 0),
    skippedFiles: facts.reduce((total, { skippedFiles }) => total + skippedFiles, 0),
  };
}

function byName(a: Package, b: Package): number {
  return compareText(a.type, b.type) || compareText(a.name, b.name) || compareText(a.version, b.version) || compareText(a.id, b.id);
}

function byHiding(a: HiddenPackage, b: HiddenPackage): number {
  return a.hiddenBy - b.hiddenBy || compareText(a.type, b.type) || compareText(a.name, b.name) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
