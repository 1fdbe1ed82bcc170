import { describe, expect, it } from 'vitest';
import { documentKind, parseArtifact, parseConfig, parseIndex, parseManifest } from './parse.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const oci = 'application/vnd.oci.image';
const config = { mediaType: `${oci}.config.v1+json`, digest, size: 2 };
const layer = { mediaType: `${oci}.layer.v1.tar+gzip`, digest, size: 9 };

describe('documentKind', () => {
  it.each([
    ['manifest', { mediaType: `${oci}.manifest.v1+json` }],
    ['manifest', { mediaType: 'application/vnd.docker.distribution.manifest.v2+json' }],
    ['manifest', { config, layers: [] }],
    ['index', { mediaType: `${oci}.index.v1+json` }],
    ['index', { mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json' }],
    ['index', { manifests: [] }],
    ['schema1', { schemaVersion: 1, fsLayers: [] }],
    ['other', { schemaVersion: 2 }],
    ['other', null],
    ['other', 'text'],
    ['other', [1]],
  ])('%s: %j', (kind, value) => {
    expect(documentKind(value)).toBe(kind);
  });
});

describe('parseManifest', () => {
  it('reads what is used and passes over the rest', () => {
    const read = parseManifest({
      schemaVersion: 2,
      config,
      layers: [{ ...layer, urls: ['x'] }],
      annotations: { a: 'b' },
      subject: layer,
      new: 1,
    });
    expect(read).toEqual({ mediaType: `${oci}.manifest.v1+json`, config, layers: [layer], annotations: { a: 'b' }, subject: layer });
  });

  it.each([
    ['null', { config, layers: null, annotations: null }],
    ['nothing', { config }],
  ])('layers and annotations may be %s', (_, value) => {
    expect(parseManifest(value)).toMatchObject({ layers: [], annotations: {} });
  });

  it.each([
    ['a chart', { config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' } }, /helm/],
    [
      'an artifact that names its type',
      { config: { ...config, mediaType: 'application/vnd.oci.empty.v1+json' }, artifactType: 'application/x' },
      /application\/x/,
    ],
    ['an attestation', { config, layers: [{ ...layer, mediaType: 'application/vnd.in-toto+json' }] }, /attestation/],
    ['Docker schema 1', { schemaVersion: 1, fsLayers: [] }, /schema 1/],
  ])('%s is no image', (_, value, message) => {
    expect(() => parseManifest(value)).toThrow(expect.objectContaining({ code: 'NOT_AN_IMAGE', message: expect.stringMatching(message) }));
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no config', { layers: [] }],
    ['a digest that is a path', { config: { ...config, digest: '../../etc/passwd' } }],
    ['a digest of another algorithm', { config: { ...config, digest: `md5:${'0'.repeat(32)}` } }],
    ['a digest in capitals', { config: { ...config, digest: `sha256:${'A'.repeat(64)}` } }],
    ['a negative size', { config: { ...config, size: -1 } }],
    ['a size that is text', { config: { ...config, size: '2' } }],
    ['a layer without size', { config, layers: [{ digest }] }],
  ])('%s is malformed, and it says where', (_, value) => {
    expect(() => parseManifest(value)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_INVALID', message: expect.stringMatching(/\(.+: .+\)/) }),
    );
  });
});

describe('parseIndex', () => {
  it('reads platforms, folded, and annotations', () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.features': [] };
    expect(parseIndex({ manifests: [{ ...layer, platform, annotations: { a: 'b' } }, layer] }).manifests).toEqual([
      { ...layer, platform: { os: 'linux', architecture: 'arm64' }, annotations: { a: 'b' } },
      layer,
    ]);
  });

  it.each([[{}], [{ manifests: {} }], [{ manifests: [{ size: 1 }] }]])('%j is malformed', (value) => {
    expect(() => parseIndex(value)).toThrow(expect.objectContaining({ code: 'MANIFEST_INVALID' }));
  });
});

describe('parseConfig', () => {
  it('reads all that is shown', () => {
    const read = parseConfig({
      os: 'linux',
      architecture: 'arm',
      variant: 'v7',
      created: '2024-01-01T00:00:00Z',
      rootfs: { type: 'layers', diff_ids: [digest] },
      history: [{ created_by: 'ADD' }, { created: '2024-01-01T00:00:01Z', empty_layer: true }],
      config: {
        User: '1',
        Env: ['A=b'],
        Entrypoint: ['e'],
        Cmd: null,
        WorkingDir: '/w',
        ExposedPorts: { '9/tcp': {}, '80/tcp': {} },
        Labels: { l: '' },
      },
    });
    expect(read).toEqual({
      platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
      created: '2024-01-01T00:00:00Z',
      diffIds: [digest],
      history: [
        { createdBy: 'ADD', emptyLayer: false },
        { createdBy: '', emptyLayer: true, created: '2024-01-01T00:00:01Z' },
      ],
      config: {
        user: '1',
        env: ['A=b'],
        entrypoint: ['e'],
        cmd: [],
        workingDir: '/w',
        exposedPorts: ['80/tcp', '9/tcp'],
        labels: { l: '' },
      },
    });
  });

  it('reads a config that says nothing', () => {
    expect(parseConfig({})).toMatchObject({ diffIds: [], history: [], config: { env: [], labels: {} } });
  });

  it.each([[null], ['x'], [{ rootfs: { diff_ids: ['x'] } }], [{ history: {} }], [{ config: { Env: 'PATH' } }]])(
    '%j is malformed',
    (value) => {
      expect(() => parseConfig(value)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    },
  );
});

it('parseArtifact gives the layers of any manifest', () => {
  expect(parseArtifact({ config: { ...config, mediaType: 'x/y' }, layers: [layer] })).toEqual([layer]);
});
