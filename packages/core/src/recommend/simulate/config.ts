import type { ImageConfig } from '@plimsoll/model';
import { readEnv } from '../../oci/config-changes.ts';

/**
 * The settings an image would have on another base: what it inherits from the base in use comes from the other one, what it set itself
 * stays. A variable that the image built from the base's value (`PATH=/app/bin:$PATH`) is built from the other's.
 */
export function placeConfig(image: ImageConfig, from: ImageConfig, to: ImageConfig): ImageConfig {
  const user = inherited(image.user, from.user, to.user);
  const workingDir = inherited(image.workingDir, from.workingDir, to.workingDir);
  const isOwnEntrypoint = !isSame(image.entrypoint, from.entrypoint);
  return {
    ...(user !== undefined && { user }),
    ...(workingDir !== undefined && { workingDir }),
    env: placeEnv(image.env, from.env, to.env),
    entrypoint: isOwnEntrypoint ? image.entrypoint : to.entrypoint,
    // An ENTRYPOINT of the image's own takes away the command of the base: https://docs.docker.com/reference/dockerfile/#entrypoint
    cmd: isOwnEntrypoint || !isSame(image.cmd, from.cmd) ? image.cmd : to.cmd,
    exposedPorts: [...new Set([...to.exposedPorts, ...image.exposedPorts.filter((port) => !from.exposedPorts.includes(port))])],
    labels: image.labels,
  };
}

function placeEnv(image: readonly string[], from: readonly string[], to: readonly string[]): readonly string[] {
  const [mine, before, after] = [readEnv(image), readEnv(from), readEnv(to)];
  const placed = new Map(after);
  for (const [name, value] of mine) {
    const old = before.get(name);
    if (old === value) continue; // inherited: comes with the other base, or goes
    const fresh = after.get(name);
    placed.set(name, old && fresh !== undefined ? value.replace(old, () => fresh) : value);
  }
  return [...placed].map(([name, value]) => `${name}=${value}`);
}

function inherited(mine: string | undefined, from: string | undefined, to: string | undefined): string | undefined {
  return (mine ?? '') === (from ?? '') ? to : mine;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, position) => word === b[position]);
}
