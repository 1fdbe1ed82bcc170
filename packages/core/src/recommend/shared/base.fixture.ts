import type { BaseFacts, Distro } from '@plimsoll/model';
import type { JudgedBase } from '../types.ts';

/** A base image as rules judge it, for their tests. */
export function base(
  change: {
    readonly tag?: string;
    readonly repository?: string;
    readonly facts?: Partial<BaseFacts>;
    readonly distro?: Distro;
    readonly vulnerabilities?: readonly string[];
  } = {},
): JudgedBase {
  const { tag = '3.12-slim', repository = 'python', facts, distro, vulnerabilities } = change;
  const digest = `sha256:${'a'.repeat(64)}` as const;
  const name = `${repository}:${tag}`;
  return {
    record: {
      name,
      repository,
      tag,
      digest,
      platform: { os: 'linux', architecture: 'amd64' },
      size: 50_000_000,
      layerCount: 4,
      config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], labels: {} },
      input: name,
      origin: 'added',
      firstSeen: '2026-01-01T00:00:00Z',
      lastSeen: '2026-01-01T00:00:00Z',
    },
    facts: { name, tag, digest, aliases: [], ...facts },
    ...(distro && { distro }),
    ...(vulnerabilities && { vulnerabilities: new Set(vulnerabilities) }),
  };
}

/** A distribution of a release. */
export function distro(id: string, version: string): Distro {
  return { id, version, name: `${id} ${version}`, like: [] };
}
