import { type FileName, readFileName } from './file-name.ts';
import { groupOf } from './group.ts';
import { TOMCAT_ARTIFACTS } from './groups.data.ts';
import { readLicenses } from './licenses.ts';
import { literal, versionIn } from './literal.ts';
import type { Pom } from './pom.ts';

/** What an archive says of itself. */
export interface DescribedBy {
  readonly manifest: ReadonlyMap<string, string>;
  /** One for each folder of `META-INF/maven`: the archive's own, and those of the artifacts that were shaded into it. */
  readonly poms: readonly {
    /** Group and artifact, as the folders are named. */
    readonly folder: readonly [string, string];
    readonly properties: ReadonlyMap<string, string>;
    readonly pom: Pom;
  }[];
}

/** A Maven artifact; the group may be unknown. */
export interface Artifact {
  readonly group?: string;
  readonly artifact: string;
  readonly version: string;
  readonly licenses: readonly string[];
}

/**
 * The artifacts of one archive. Its poms come first; where none of them is the archive's own, manifest and file name tell of it - beside
 * artifacts with a pom only where its group is known: `app.jar` with forty shaded artifacts is no forty-first.
 */
export function identify(fileName: string, described: DescribedBy): readonly Artifact[] {
  const file = readFileName(fileName);
  const own = ofManifest(file, described.manifest);
  const shaded = described.poms.flatMap((pom) => ofPom(pom, described.poms.length === 1 ? own?.version : undefined) ?? []);
  const itself = shaded.find(({ artifact }) => artifact === own?.artifact || artifact === file.artifact) ?? loneOf(shaded, own);
  const licenses = readLicenses(described.manifest.get('bundle-license'));
  if (shaded.length === 0) return own ? [{ ...own, licenses }] : [];
  const found = shaded.map((one) => (one === itself && licenses.length > 0 ? { ...one, licenses } : one));
  return itself || own?.group === undefined ? found : [{ ...own, licenses }, ...found];
}

/** The only pom is the archive's own, unless the manifest tells of another artifact: distributions rename files. */
function loneOf(poms: readonly Artifact[], own: Omit<Artifact, 'licenses'> | undefined): Artifact | undefined {
  const [first, second] = poms;
  if (!first || second) return undefined;
  return own?.group === undefined || (own.group === first.group && own.version === first.version) ? first : undefined;
}

function ofPom({ folder, properties, pom }: DescribedBy['poms'][number], ownVersion: string | undefined): Artifact | undefined {
  const group = literal(properties.get('groupId')) ?? literal(pom.group) ?? literal(folder[0]);
  const artifact = literal(properties.get('artifactId')) ?? literal(pom.artifact) ?? literal(folder[1]);
  const version = versionIn(properties.get('version')) ?? versionIn(pom.version) ?? ownVersion;
  return group && artifact && version ? { group, artifact, version, licenses: pom.licenses ?? [] } : undefined;
}

/** Parts of a Java runtime: packages of another cataloger. */
const RUNTIME_TITLES: ReadonlySet<string> = new Set(['Java Runtime Environment', 'Java Platform API Specification']);

function ofManifest(file: FileName, manifest: ReadonlyMap<string, string>): Omit<Artifact, 'licenses'> | undefined {
  if (file.classifier === 'sources' || file.classifier === 'javadoc' || file.classifier === 'test-sources') return undefined;
  const title = manifest.get('implementation-title')?.trim();
  if (title !== undefined && RUNTIME_TITLES.has(title)) return undefined;
  const artifact = artifactOf(file, manifest, title);
  const version = versionOf(file, manifest);
  if (artifact === undefined || version === undefined) return undefined;
  const group = groupOf(artifact, manifest);
  return { artifact, version, ...(group !== undefined && { group }) };
}

/** A name with a version is as Maven gave it. Any other may be anyone's: a plugin of Jenkins and Tomcat's archives say who they are. */
function artifactOf(file: FileName, manifest: ReadonlyMap<string, string>, title: string | undefined): string | undefined {
  if (manifest.has('plugin-version')) return literal(manifest.get('short-name')) ?? literal(file.artifact);
  if (title === 'Apache Tomcat') {
    if (Object.hasOwn(TOMCAT_ARTIFACTS, file.artifact)) return TOMCAT_ARTIFACTS[file.artifact];
    return literal(file.artifact.replace(/^tomcat(?:9|1[0-9])-/, 'tomcat-')); // Debian's names
  }
  if (file.version !== undefined || groupOf(file.artifact, manifest) !== undefined) return literal(file.artifact);
  return literal(title) ?? literal(file.artifact);
}

/** The file's name is what Maven stored it under; of the manifest's versions, that of a specification is the last resort. */
function versionOf(file: FileName, manifest: ReadonlyMap<string, string>): string | undefined {
  const plugin = versionIn(manifest.get('plugin-version'));
  if (plugin !== undefined) return plugin;
  const stated = versionIn(manifest.get('implementation-version'));
  const named = versionIn(file.version);
  // What follows is a classifier that is not known as one: `hive-exec-2.3.9-core.jar`.
  if (named !== undefined) return stated !== undefined && named.startsWith(`${stated}-`) ? stated : named;
  return stated ?? versionIn(manifest.get('bundle-version')) ?? versionIn(manifest.get('specification-version'));
}
