import type { AdvisorySourceStatus, Digest, FileStatistics, ImageDescription } from '@plimsoll/model';

/** A digest of one hex digit again and again. */
export function digestOfDigit(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}

/** An image as one is described from a folder; an instruction without a size made no layer. */
export function describeImage(
  name: string,
  digit: string,
  instructions: readonly { readonly createdBy: string; readonly size?: number }[],
  more: Partial<ImageDescription> = {},
): ImageDescription {
  const platform = { os: 'linux', architecture: 'amd64' };
  const layers = instructions.map(({ createdBy, size }, index) => {
    const own = digestOfDigit(index.toString(16));
    const common = { index, createdBy, created: '2026-01-02T03:04:05Z' };
    return size === undefined
      ? { ...common, emptyLayer: true }
      : { ...common, emptyLayer: false, digest: own, diffId: own, chainId: own, size };
  });
  return {
    name,
    source: 'oci-dir',
    input: 'oci-dir:///images',
    aliases: [],
    digest: digestOfDigit(digit),
    configDigest: digestOfDigit('f'),
    platform,
    platforms: [platform],
    created: '2026-01-02T03:04:05Z',
    size: instructions.reduce((sum, { size = 0 }) => sum + size, 0),
    layers,
    historyReliable: true,
    config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
    annotations: {},
    ...more,
  };
}

/** Layers whose files are all seen: one file of 1000 bytes each. */
export function noFiles(layers: readonly number[]): FileStatistics {
  return {
    files: layers.length,
    bytes: 1000 * layers.length,
    wastedBytes: 0,
    layers: layers.map((layer) => ({ layer, files: 1, bytes: 1000, wastedBytes: 0, hidesBytes: 0 })),
    folders: [],
    hidden: [],
  };
}

/** Sources in each state. */
export const sources: readonly AdvisorySourceStatus[] = [
  {
    id: 'debian-tracker',
    title: 'Debian security tracker',
    state: 'ready',
    date: '2026-01-30T00:00:00Z',
    updated: '2026-01-31T06:00:00Z',
    records: 41_000,
    ecosystems: ['debian:11', 'debian:12'],
    license: 'free to use',
    fingerprint: 'tracker-1',
    sample: false,
  },
  {
    id: 'osv',
    title: 'OSV (npm, PyPI)',
    state: 'failed',
    updated: '2026-01-20T06:00:00Z',
    records: 17_000,
    ecosystems: ['npm', 'pypi'],
    error: 'ADVISORY_FETCH_FAILED: the feed did not answer',
    license: 'CC-BY-4.0',
    fingerprint: 'osv-1',
    sample: false,
  },
  { id: 'kev', title: 'Known exploited vulnerabilities', state: 'empty', records: 0, ecosystems: [], license: 'CC0-1.0', sample: false },
];
