import { knownGroup } from './groups.data.ts';
import { literal } from './literal.ts';

/** Owners of many groups: no group by themselves, though manifests name them as the vendor. */
const OWNERS: ReadonlySet<string> = new Set(
  (
    'com.fasterxml com.github com.google com.ibm com.microsoft com.oracle com.sun io.github net.sourceforge org.apache org.codehaus org.eclipse ' +
    'org.glassfish org.ow2'
  ).split(' '),
);

/**
 * The group of an artifact that carries no pom: of a well-known one from the table, unless the vendor is another; else what the
 * manifest says. Undefined is better than a wrong one: what has no group matches nothing by mistake.
 */
export function groupOf(artifact: string, manifest: ReadonlyMap<string, string>): string | undefined {
  const vendor = reverseDomain(manifest.get('group-id') ?? manifest.get('implementation-vendor-id'));
  const modules = ['bundle-symbolicname', 'automatic-module-name'].map((name) => reverseDomain(manifest.get(name)?.split(';', 1)[0]));
  const known = knownGroup(artifact);
  if (known !== undefined && (vendor === undefined || !known.includes('.') || speakFor(known, [vendor, ...modules]))) return known;
  if (vendor !== undefined && !OWNERS.has(vendor)) return vendor;
  return modules.map((module) => fromModule(artifact, module)).find((group) => group !== undefined);
}

/**
 * Group of a module's name that ends with the artifact's, as the bundle plugin of Maven makes it:
 * org.yaml.snakeyaml, snakeyaml -> org.yaml; org.jsoup, jsoup -> org.jsoup; org.apache.maven.core, maven-core -> org.apache.maven.
 */
function fromModule(artifact: string, module: string | undefined): string | undefined {
  if (module === undefined) return undefined;
  if (module.endsWith(`.${artifact}`)) {
    const group = reverseDomain(module.slice(0, -artifact.length - 1));
    return group === undefined || OWNERS.has(group) ? module : group;
  }
  const first = artifact.indexOf('-');
  if (first === -1 || !module.endsWith(`.${artifact.replaceAll('-', '.')}`)) return undefined;
  const group = module.slice(0, first - artifact.length);
  return OWNERS.has(group) ? undefined : group;
}

/** A name of at least two parts, like a domain the wrong way round. */
function reverseDomain(text: string | undefined): string | undefined {
  const name = literal(text);
  return name !== undefined && /^[A-Za-z]\w*\.\w/.test(name) && !name.endsWith('.') ? name : undefined;
}

/** Whether one of these names is of the group's owner. A module's name alone may be another: asm is `org.objectweb.asm`. */
function speakFor(group: string, names: readonly (string | undefined)[]): boolean {
  return names.some((name) => name !== undefined && rootOf(name) === rootOf(group));
}

/** The owner of a group: `org.apache` of `org.apache.commons`. */
function rootOf(group: string): string {
  return group.split('.', 2).join('.').toLowerCase();
}
