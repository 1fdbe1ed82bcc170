import type { Match, Package, Report, SeverityOpinion } from '@plimsoll/model';
import { dateOf } from '../../shared/dates.ts';
import { uuidOf } from '../../shared/uuid.ts';

/** A report as a CycloneDX document. Layers and evidence stand in properties of the name space `plimsoll`. */
export function toBom(report: Report, version: string): unknown {
  const { image, distro, packages } = report.inventory;
  const reference = 'image';
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(image.digest)}`,
    version: 1,
    metadata: {
      timestamp: dateOf(report),
      tools: { components: [{ type: 'application', name: 'plimsoll', version }] },
      component: {
        type: 'container',
        'bom-ref': reference,
        name: image.name,
        version: image.digest,
        properties: [
          property('image:config', image.configDigest),
          property('image:platform', `${image.platform.os}/${image.platform.architecture}`),
          ...image.layers.flatMap(({ index, diffId }) => (diffId ? [property(`layer:${index}:diffId`, diffId)] : [])),
        ],
      },
    },
    components: [
      ...(distro
        ? [
            {
              type: 'operating-system',
              'bom-ref': 'os',
              name: distro.id,
              ...(distro.version && { version: distro.version }),
              description: distro.name,
            },
          ]
        : []),
      ...packages.map(toComponent),
    ],
    dependencies: [{ ref: reference, dependsOn: packages.map(({ id }) => id) }],
    vulnerabilities: toVulnerabilities(report.matches),
  };
}

function toComponent({ id, name, version, purl, licenses, evidence, introducedIn, origin, ownedBy }: Package) {
  const scope = name.startsWith('@') ? name.indexOf('/') : -1;
  return {
    type: 'library',
    'bom-ref': id,
    ...(scope !== -1 && { group: name.slice(0, scope) }),
    name: scope === -1 ? name : name.slice(scope + 1),
    version,
    // Licences are words of the packager, not checked expressions: a name takes any.
    ...(licenses.length > 0 && { licenses: licenses.map((license) => ({ license: { name: license } })) }),
    purl,
    evidence: { occurrences: evidence.map(({ path, layer }) => ({ location: `/${path}`, additionalContext: `layer ${layer}` })) },
    properties: [
      property('introducedIn', String(introducedIn)),
      ...(origin ? [property('origin', `${origin.name}@${origin.version}`)] : []),
      ...(ownedBy ? [property('ownedBy', ownedBy)] : []),
    ],
  };
}

function toVulnerabilities(matches: readonly Match[]) {
  const byId = Map.groupBy(matches, ({ id }) => id);
  return [...byId].map(([id, found]) => {
    const first = found[0] as Match;
    return {
      'bom-ref': id,
      id,
      source: { name: first.source },
      ...(first.aliases.length > 0 && { references: first.aliases.map((alias) => ({ id: alias, source: { name: first.source } })) }),
      ratings: first.opinions.map(toRating),
      ...(first.cwes.length > 0 && { cwes: first.cwes.flatMap((cwe) => Number(/^CWE-(\d+)$/.exec(cwe)?.[1]) || []) }),
      ...((first.description ?? first.summary) && { description: first.description ?? first.summary }),
      ...toRecommendation(found),
      advisories: first.references.map((url) => ({ url })),
      ...(first.published && { published: first.published }),
      affects: found.map(({ packageId, how, suppressed }) => ({
        ref: packageId,
        versions: [{ version: how.searchedBy.version ?? '', status: suppressed ? 'unaffected' : 'affected' }],
      })),
      ...(found.every(({ suppressed }) => suppressed) && { analysis: { state: 'not_affected', detail: first.suppressed?.reason } }),
    };
  });
}

function toRecommendation(found: readonly Match[]): { readonly recommendation?: string } {
  const fixes = new Set(found.flatMap(({ package: purl, fixedIn }) => (fixedIn === undefined ? [] : [`Update ${purl} to ${fixedIn}`])));
  return fixes.size === 0 ? {} : { recommendation: [...fixes].join('; ') };
}

function toRating({ source, severity, score, vector }: SeverityOpinion) {
  return {
    source: { name: source },
    severity: severity === 'unspecified' ? 'unknown' : severity,
    ...(score !== undefined && { score }),
    ...(vector !== undefined && { method: methodOf(vector), vector }),
  };
}

function methodOf(vector: string): string {
  if (vector.startsWith('CVSS:4')) return 'CVSSv4';
  if (vector.startsWith('CVSS:3.1')) return 'CVSSv31';
  return vector.startsWith('CVSS:3') ? 'CVSSv3' : 'CVSSv2';
}

function property(name: string, value: string) {
  return { name: `plimsoll:${name}`, value };
}
