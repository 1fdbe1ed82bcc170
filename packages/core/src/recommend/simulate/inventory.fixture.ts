import type { HiddenPackage, Inventory, Match, Package } from '@plimsoll/model';
import { distro } from '../shared/base.fixture.ts';

const digest = `sha256:${'b'.repeat(64)}` as const;

/** `deb openssl 1.1.1n @0` came with layer 0; `deb openssl 1.1.1n @4 from 1.1.1k @0` was upgraded in layer 4. */
export function installed(text: string, path = ''): Package {
  const [type = 'deb', name = '', version = '', at = '@0', , from, since = '@0'] = text.split(' ');
  const layer = Number(at.slice(1));
  const place = path || (type === 'deb' || type === 'apk' ? 'var/lib/dpkg/status' : `app/node_modules/${name}/package.json`);
  const added = { layer: from === undefined ? layer : Number(since.slice(1)), kind: 'added', to: from ?? version } as const;
  return {
    id: `${type}/${name}@${version}${path}`,
    type: type as Package['type'],
    name,
    version,
    purl: `pkg:${type}/${name}@${version}`,
    ...((type === 'deb' || type === 'apk') && { architecture: 'amd64', origin: { name: name.replace(/^lib|-dev$/g, ''), version } }),
    licenses: [],
    evidence: [{ path: place, layer }],
    introducedIn: layer,
    life: from === undefined ? [added] : [added, { layer, kind: 'upgraded', from, to: version }],
    foundBy: 'test',
  };
}

/** `deb curl 7.74 @0 by 3`: layer 3 took it away. */
export function takenAway(text: string): HiddenPackage {
  const [type = 'deb', name = '', version = '', at = '@0', , by = '1'] = text.split(' ');
  const item = installed(`${type} ${name} ${version} ${at}`);
  return { ...item, id: `${item.id}#0`, hiddenBy: Number(by) };
}

/** An inventory of these packages. */
export function inventoryOf(
  packages: readonly Package[],
  more: Omit<Partial<Inventory>, 'image'> & { readonly image?: Partial<Inventory['image']> } = {},
): Inventory {
  const { image, ...rest } = more;
  return {
    schema: 1,
    image: {
      name: 'test',
      source: 'oci-dir',
      input: 'test',
      aliases: [],
      digest,
      configDigest: digest,
      platform: { os: 'linux', architecture: 'amd64' },
      platforms: [],
      size: 1,
      layers: Array.from({ length: 6 }, (_, index) => ({ index, createdBy: '', emptyLayer: false })),
      historyReliable: true,
      config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
      annotations: {},
      ...image,
    },
    distro: distro('debian', '11'),
    packages,
    hidden: [],
    files: { files: 0, bytes: 0, wastedBytes: 0, layers: [], folders: [], hidden: [] },
    catalogers: {},
    coverage: { gaps: [], unreadableFiles: 0, skippedFiles: 0 },
    diagnostics: [],
    ...rest,
  };
}

/** A match of a package: `CVE-1 high`, and the version that fixes it. */
export function matchOf(found: Package, text: string, fixedIn?: string): Match {
  const [id = '', severity = 'high'] = text.split(' ');
  return {
    id,
    aliases: [],
    package: found.purl,
    packageId: found.id,
    severity: severity as Match['severity'],
    severitySource: 'test',
    opinions: [],
    cwes: [],
    references: [],
    ...(fixedIn !== undefined && { fixedIn }),
    status: 'affected',
    introducedIn: found.introducedIn,
    source: 'test',
    advisoryId: id,
    how: { matcher: 'test', searchedBy: {}, range: '', scheme: 'deb' },
  };
}
