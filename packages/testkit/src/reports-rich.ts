import { type Candidate, countSeverities, type Inventory, type Match, type Report, type TaggedImage } from '@plimsoll/model';
import { HOSTILE, hidden, hiddenMatches, matches, packages } from './reports-rich.data.ts';
import { describeImage, digestOfDigit } from './reports-shared.ts';

const zero = countSeverities([]);
const oldDebian: TaggedImage = { digest: digestOfDigit('1'), created: '2025-06-01T00:00:00Z', aliases: ['debian:bullseye-slim'] };
const newDebian: TaggedImage = { digest: digestOfDigit('2'), created: '2026-01-01T00:00:00Z', aliases: ['debian:bullseye-slim'] };
const oldPython: TaggedImage = { digest: digestOfDigit('3'), created: '2025-06-03T00:00:00Z', aliases: ['python:3.9-slim-bullseye'] };
const newPython: TaggedImage = { digest: digestOfDigit('4'), created: '2026-01-03T00:00:00Z', aliases: ['python:3.9-slim-bullseye'] };

/** What {@link standardReports} `rich` says of itself; counts follow. */
export function buildRich(): Partial<Report> & { readonly inventory: Inventory } {
  const diagnostics = [
    {
      code: 'PACKAGE_FILE_UNREADABLE',
      message: `app/broken/package.json is no JSON ${HOSTILE}`,
      author: 'node',
      path: 'app/broken/package.json',
      layer: 4,
    },
  ];
  const coverage = { gaps: ['1 file could not be read', 'osv was last updated 11 days ago'], unreadableFiles: 1, skippedFiles: 2 };
  return {
    inventory: {
      schema: 1,
      image: image(),
      distro: { id: 'debian', version: '11', codename: 'bullseye', name: 'Debian GNU/Linux 11 (bullseye)', like: [] },
      packages,
      hidden,
      files: {
        files: 2300,
        bytes: 91_000_000,
        wastedBytes: 1_300_000,
        layers: [
          { layer: 0, files: 1800, bytes: 80_000_000, wastedBytes: 900_000, hidesBytes: 0 },
          { layer: 2, files: 400, bytes: 9_000_000, wastedBytes: 0, hidesBytes: 0 },
          { layer: 4, files: 90, bytes: 3_000_000, wastedBytes: 400_000, hidesBytes: 0 },
          { layer: 5, files: 12, bytes: 300_000, wastedBytes: 0, hidesBytes: 900_000 },
          { layer: 6, files: 0, bytes: 0, wastedBytes: 0, hidesBytes: 400_000 },
        ],
        folders: [
          { layer: 0, path: 'usr/lib/x86_64-linux-gnu', files: 900, bytes: 60_000_000, wastedBytes: 900_000 },
          { layer: 2, path: 'usr/lib/python3.9', files: 400, bytes: 9_000_000, wastedBytes: 0 },
          { layer: 4, path: 'app/node_modules/lodash', files: 60, bytes: 1_400_000, wastedBytes: 0 },
          { layer: 4, path: `app/${HOSTILE}`, files: 1, bytes: 400_000, wastedBytes: 400_000 },
        ],
        hidden: [
          { path: 'usr/lib/x86_64-linux-gnu/libssl.so.1.1', size: 900_000, layer: 0, hiddenBy: 5, deleted: false },
          { path: `app/${HOSTILE}.sql`, size: 400_000, layer: 4, hiddenBy: 6, deleted: true },
        ],
      },
      catalogers: { dpkg: 1, node: 1, 'os-release': 1, python: 1 },
      coverage: { ...coverage, gaps: ['1 file could not be read'] },
      diagnostics,
    },
    matches,
    hiddenMatches,
    fixedMatches: hiddenMatches.map(({ id, severity, package: purl, packageId }) => ({
      id,
      severity,
      package: purl,
      packageId,
      layer: packageId.startsWith('deb/') ? 5 : 6,
    })),
    hierarchy: [
      {
        candidates: ['debian:11-slim', 'debian:bullseye-slim'],
        layers: [0, 1],
        confidence: 'matched',
        evidence: [{ detector: 'chain-id', detail: 'layer 0 is all of debian:11-slim' }],
        self: false,
        pinned: false,
        current: oldDebian,
        latest: newDebian,
        outdated: true,
        counts: zero,
        latestCounts: { ...zero, low: 1 },
      },
      {
        candidates: ['python:3.9-slim'],
        layers: [2, 3],
        confidence: 'verified',
        evidence: [
          { detector: 'provenance', detail: 'the build names pkg:docker/python@3.9-slim' },
          { detector: 'chain-id', detail: 'layers 0 to 3 are all of python:3.9-slim' },
        ],
        self: false,
        pinned: false,
        current: oldPython,
        latest: newPython,
        outdated: true,
        counts: zero,
      },
      {
        candidates: ['registry.local/shop/api:2.4'],
        layers: [4, 7],
        confidence: 'verified',
        evidence: [],
        self: true,
        pinned: false,
        counts: zero,
      },
    ],
    recommendations: recommendations(),
    coverage,
    diagnostics,
  };
}

function image(): Inventory['image'] {
  return describeImage(
    'registry.local/shop/api:2.4',
    'c',
    [
      { createdBy: '/bin/sh -c #(nop) ADD file:0b1b in / ', size: 31_000_000 },
      { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
      { createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y python3 # buildkit', size: 12_000_000 },
      { createdBy: 'ENV PYTHON_VERSION=3.9.18' },
      { createdBy: 'COPY node_modules ./node_modules # buildkit', size: 2_000_000 },
      { createdBy: 'RUN /bin/sh -c apt-get install -y --only-upgrade libssl1.1 # buildkit', size: 400_000 },
      { createdBy: `RUN /bin/sh -c rm -rf node_modules/minimist # ${HOSTILE}`, size: 200 },
      { createdBy: 'USER app' },
    ],
    {
      source: 'registry',
      input: 'registry.local/shop/api:2.4',
      reference: { registry: 'registry.local', repository: 'shop/api', tag: '2.4' },
      aliases: ['registry.local/shop/api:2', 'registry.local/shop/api:latest'],
      indexDigest: digestOfDigit('d'),
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
      config: {
        user: 'app',
        env: ['PATH=/usr/local/bin:/usr/bin:/bin', `MOTD=${HOSTILE}`],
        entrypoint: [],
        cmd: ['python3', '-m', 'shop'],
        workingDir: '/app',
        exposedPorts: ['8080/tcp'],
        labels: { 'org.opencontainers.image.title': HOSTILE },
      },
      provenance: { builder: 'buildkit', materials: [{ uri: 'pkg:docker/python@3.9-slim', digest: digestOfDigit('3') }] },
    },
  );
}

function recommendations(): Report['recommendations'] {
  const python: Candidate = {
    name: 'python:3.9-slim',
    tag: '3.9-slim',
    ...newPython,
    size: 43_000_000,
    packages: 5,
    os: 'Debian GNU/Linux 11 (bullseye)',
    counts: { ...zero, low: 1 },
    difference: { ...zero, high: -1 },
    benefits: ['fixes 1 high vulnerability', 'is 214 days newer'],
    disadvantages: [],
    why: 'The same tag, built again with fixed packages.',
    reasons: [
      { rule: 'vulnerabilities', kind: 'benefit', text: 'fixes 1 high vulnerability', weight: 4 },
      { rule: 'age', kind: 'benefit', text: 'is 214 days newer', weight: 2 },
    ],
    score: 6,
    predicted: { critical: 1, high: 0, medium: 1, low: 1, unspecified: 0 },
    simulation: {
      counts: { critical: 1, high: 0, medium: 1, low: 1, unspecified: 0 },
      difference: { ...zero, high: -1, low: 1 },
      vulnerabilities: { gained: 1, lost: 1, estimated: 0 },
      packages: { gained: 1, lost: 0, changed: 2, estimated: 1 },
      config: [{ field: 'env', name: 'PYTHON_VERSION', from: '3.9.18', to: `3.9.19 ${HOSTILE}` }],
      warnings: [],
    },
    dockerfile: 'FROM python:3.9-slim',
    pinned: `FROM python:3.9-slim@${newPython.digest}`,
    commands: ['docker build --pull -t registry.local/shop/api:2.4 .'],
  };
  const alpine: Candidate = {
    name: 'python:3.9-alpine',
    tag: '3.9-alpine',
    digest: digestOfDigit('5'),
    aliases: ['python:3.9-alpine3.18'],
    created: '2026-01-04T00:00:00Z',
    size: 18_000_000,
    benefits: ['is 25 MB smaller'],
    disadvantages: ['uses musl instead of glibc: wheels may have to be compiled', 'its vulnerabilities are not known: it was not indexed'],
    why: 'Another variant of the same version.',
    reasons: [
      { rule: 'size', kind: 'benefit', text: 'is 25 MB smaller', weight: 1 },
      { rule: 'os', kind: 'disadvantage', text: 'uses musl instead of glibc: wheels may have to be compiled', weight: -4 },
    ],
    score: -3,
    dockerfile: 'FROM python:3.9-alpine',
    pinned: `FROM python:3.9-alpine@${digestOfDigit('5')}`,
    commands: ['docker build --pull -t registry.local/shop/api:2.4 .'],
  };
  return {
    plan: [
      {
        kind: 'refresh-base',
        title: 'Refresh python:3.9-slim',
        base: 'python:3.9-slim',
        candidate: 'python:3.9-slim',
        candidateDigest: newPython.digest,
        packages: [],
        removes: { ...zero, high: 1 },
        adds: { ...zero, low: 1 },
        after: { ...zero, critical: 1, medium: 1, low: 1 },
        estimated: false,
        dockerfile: [],
        commands: ['docker build --pull -t registry.local/shop/api:2.4 .'],
      },
      {
        kind: 'upgrade-packages',
        title: 'Upgrade 1 npm package',
        packages: [{ type: 'npm', name: 'lodash', from: '4.17.11', to: '4.17.21' }],
        removes: { ...zero, critical: 1 },
        adds: zero,
        after: { ...zero, medium: 1, low: 1 },
        estimated: false,
        dockerfile: [],
        commands: ['npm install lodash@4.17.21'],
      },
    ],
    hidden: [
      {
        layer: 4,
        hiddenBy: 6,
        bytes: 400_000,
        files: 1,
        packages: 1,
        counts: { ...zero, medium: 1 },
        own: true,
        advice: `Layer 6 deletes what layer 4 copied. ${HOSTILE}`,
        instruction: 'node_modules/minimist',
      },
    ],
    image: {
      state: 'outdated',
      reason: 'a newer image was pushed under this tag',
      checked: '2026-01-31T00:00:00Z',
      latest: { digest: digestOfDigit('e'), created: '2026-01-30T00:00:00Z' },
      commands: ['docker pull registry.local/shop/api:2.4'],
    },
    bases: [
      {
        current: {
          name: 'python:3.9-slim',
          tag: '3.9-slim',
          ...oldPython,
          size: 43_000_000,
          packages: 5,
          counts: countSeverities(ofBase(matches)),
        },
        state: 'outdated',
        reason: 'a newer image of this tag is known',
        refresh: [python],
        change: [alpine],
      },
      {
        current: { name: 'debian:11-slim', tag: '11-slim', ...oldDebian, size: 31_000_000 },
        state: 'unknown',
        reason: 'no newer image of this tag is known',
        refresh: [],
        change: [],
      },
    ],
  };
}

function ofBase(all: readonly Match[]): readonly Match[] {
  return all.filter(({ introducedIn, suppressed }) => introducedIn <= 3 && !suppressed);
}
