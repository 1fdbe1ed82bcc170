import { messageOf } from '../../../util/errors.ts';
import { baseName } from '../../../util/path.ts';
import { type ZippedFile, type ZipSource, zippedFilesIn } from '../../../util/zip.ts';
import type { Finding } from '../../types.ts';
import { type DescribedBy, identify } from './identify.ts';
import { nameOf } from './literal.ts';
import { parseManifest } from './manifest.ts';
import { parsePom } from './pom.ts';
import { parseProperties } from './properties.ts';

const ENDINGS: ReadonlySet<string> = new Set('ear hpi jar jpi kar lpkg nar par sar war'.split(' '));
/** Endings that other kinds of files have too: what is no zip there is no fault. */
const AMBIGUOUS_ENDINGS: ReadonlySet<string> = new Set('kar nar par sar'.split(' '));

/** Whether a file is named like a Java archive. Runs for each file of each layer. */
export function isArchiveName(name: string): boolean {
  const last = name.charCodeAt(name.length - 1) | 0x20;
  return (last === LAST_R || last === LAST_I || last === LAST_G) && ENDINGS.has(endingOf(name));
}

const [LAST_R, LAST_I, LAST_G] = ['r', 'i', 'g'].map((letter) => letter.charCodeAt(0));

const MANIFEST = 'META-INF/MANIFEST.MF';

/** Whether a file of an archive tells what the archive is, by its name. */
export function isDescription(name: string): boolean {
  return name === MANIFEST || name.endsWith('/pom.properties') || name.endsWith('/pom.xml');
}

/** Archives in archives, so deep. */
export const MAX_DEPTH = 5;
/** Of one file with all that lies in it. */
const MAX_ENTRIES = 1_000_000;
const MAX_ARCHIVES = 10_000;
const MAX_DESCRIPTIONS = 20_000;
/** Bytes. */
export const MAX_INFLATED = 512 * 1024 * 1024;
/** An archive in an archive hardly shrinks: what does inflates to zeros. */
const MAX_NESTED_RATIO = 100;
const RATIO_GRACE = 1024 * 1024;
const MAX_MANIFEST = 8 * 1024 * 1024;
const MAX_POM = 1024 * 1024;
const MAX_PROPERTIES = 64 * 1024;
const MAX_NAME = 1000;

/** Bytes that an archive of so many may inflate to. */
export function nestedLimit(packed: number): number {
  return Math.max(RATIO_GRACE, packed * MAX_NESTED_RATIO);
}

/** What reading one file has cost so far, and what went wrong. */
interface Walk {
  entriesLeft: number;
  archivesLeft: number;
  descriptionsLeft: number;
  bytesLeft: number;
  faults: number;
  firstFault: string | undefined;
}

/**
 * The packages of an archive and of those in it, each once a place. Throws at its end where something could not be read: what could be read
 * was yielded before.
 */
export function* readArchive(path: string, source: ZipSource): Generator<Finding> {
  if (source.size === 0 || (AMBIGUOUS_ENDINGS.has(endingOf(path)) && !startsAsZip(source))) return;
  const walk: Walk = {
    entriesLeft: MAX_ENTRIES,
    archivesLeft: MAX_ARCHIVES,
    descriptionsLeft: MAX_DESCRIPTIONS,
    bytesLeft: MAX_INFLATED,
    faults: 0,
    firstFault: undefined,
  };
  yield* readOne(source, { name: baseName(path), within: undefined, depth: 0 }, walk);
  if (walk.firstFault === undefined) return;
  throw new Error(walk.faults === 1 ? walk.firstFault : `${walk.firstFault}; ${walk.faults - 1} more of that kind`);
}

/** An archive's place in the file that is read. */
interface Place {
  readonly name: string;
  readonly within: string | undefined;
  readonly depth: number;
}

/** What an archive's directory tells of interest. */
interface Contents {
  manifest: ZippedFile | undefined;
  /** Files of `META-INF/maven/<group>/<artifact>`, by that folder. */
  readonly descriptions: Map<string, { properties?: ZippedFile; pom?: ZippedFile }>;
  readonly archives: ZippedFile[];
}

function* readOne(source: ZipSource, place: Place, walk: Walk): Generator<Finding> {
  const contents = listContents(source, walk);
  const seen = new Set<string>();
  for (const artifact of identify(place.name, describe(contents, walk))) {
    const name = nameOf(artifact);
    const { version, licenses } = artifact;
    if (seen.has(`${name} ${version}`)) continue;
    seen.add(`${name} ${version}`);
    yield {
      kind: 'package',
      draft: { type: 'maven', name, version, licenses, ...(place.within !== undefined && { within: place.within }) },
    };
  }
  for (const file of contents.archives) {
    if (place.depth >= MAX_DEPTH) {
      note(walk, `${file.name.slice(-MAX_NAME)} was left out: archives lie more than ${MAX_DEPTH} deep in each other`);
      return;
    }
    if (walk.archivesLeft <= 0) {
      note(walk, `it holds more than ${MAX_ARCHIVES} archives`);
      return;
    }
    walk.archivesLeft -= 1;
    const inner = attempt(file, nestedLimit(file.packed), walk, (limit) => file.open(limit));
    if (!inner) continue;
    const within = place.within === undefined ? file.name : `${place.within}!/${file.name}`;
    yield* readOne(inner, { name: baseName(file.name), within, depth: place.depth + 1 }, walk);
  }
}

function listContents(source: ZipSource, walk: Walk): Contents {
  const contents: Contents = { manifest: undefined, descriptions: new Map(), archives: [] };
  try {
    for (const file of zippedFilesIn(source)) {
      if (walk.entriesLeft <= 0) throw new Error(`it holds more than ${MAX_ENTRIES} files`);
      walk.entriesLeft -= 1;
      if (file.name.length > MAX_NAME) continue;
      if (isArchiveName(file.name)) contents.archives.push(file);
      else if (!isDescription(file.name)) continue;
      else if (file.name === MANIFEST) contents.manifest ??= file;
      else addDescription(contents, file);
    }
  } catch (error) {
    note(walk, messageOf(error));
  }
  return contents;
}

/** Classes of an application have their own folder in a war and in an archive of Spring Boot. */
const CLASSES = ['', 'WEB-INF/classes/', 'BOOT-INF/classes/'];

function addDescription({ descriptions }: Contents, file: ZippedFile): void {
  const slash = file.name.lastIndexOf('/');
  const kind = file.name.slice(slash + 1);
  const folder = file.name.slice(0, slash);
  const prefix = CLASSES.find((classes) => folder.startsWith(`${classes}META-INF/maven/`));
  if (prefix === undefined || folder.slice(prefix.length).split('/').length !== 4) return;
  let description = descriptions.get(folder);
  if (!description) {
    description = {};
    descriptions.set(folder, description);
  }
  if (kind === 'pom.xml') description.pom ??= file;
  else description.properties ??= file;
}

/** Reads what the directory told of: without the bounds, a million files of no size would be a day's work. */
function describe({ manifest, descriptions }: Contents, walk: Walk): DescribedBy {
  const poms: { folder: readonly [string, string]; properties: ReadonlyMap<string, string>; pom: ReturnType<typeof parsePom> }[] = [];
  for (const [folder, files] of descriptions) {
    if (walk.descriptionsLeft <= 0) {
      note(walk, `it holds more than ${MAX_DESCRIPTIONS} descriptions of packages`);
      break;
    }
    walk.descriptionsLeft -= 1;
    const [group = '', artifact = ''] = folder.split('/').slice(-2);
    const properties = files.properties && inflate(files.properties, MAX_PROPERTIES, walk);
    const pom = files.pom && inflate(files.pom, MAX_POM, walk);
    poms.push({
      folder: [group, artifact],
      properties: properties ? parseProperties(properties) : new Map(),
      pom: pom ? parsePom(pom) : {},
    });
  }
  const main = manifest && inflate(manifest, MAX_MANIFEST, walk);
  return { poms, manifest: main ? parseManifest(main) : new Map() };
}

function inflate(file: ZippedFile, most: number, walk: Walk): Uint8Array | undefined {
  return attempt(file, most, walk, (limit) => file.read(limit));
}

/** What inflates counts before it is tried: a file that is broken at its end costs as much as a sound one. */
function attempt<T>(file: ZippedFile, most: number, walk: Walk, read: (limit: number) => T): T | undefined {
  const limit = Math.min(most, walk.bytesLeft);
  if (!file.stored) walk.bytesLeft -= Math.min(limit, file.size);
  try {
    return read(limit);
  } catch (error) {
    note(walk, messageOf(error));
    return undefined;
  }
}

function note(walk: Walk, fault: string): void {
  walk.faults += 1;
  walk.firstFault ??= fault;
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 || name.length - dot > 5 ? '' : name.slice(dot + 1).toLowerCase();
}

function startsAsZip(source: ZipSource): boolean {
  return source.size > 4 && (source.peek ?? source.read)(0, 2).toString('latin1') === 'PK';
}
