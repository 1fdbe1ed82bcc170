import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';

/** Where an engine listens. */
export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/**
 * Where the engine of this machine listens: `DOCKER_HOST`, else the usual sockets of Docker and Podman. Undefined where there is none. Throws
 * `ENGINE_UNREACHABLE` for an address that is not spoken to: TCP is only spoken to loopback, since it is neither checked nor encrypted.
 */
export function findAddress({ env }: Pick<Context, 'env'>): EngineAddress | undefined {
  const given = env.DOCKER_HOST;
  if (given) return parseAddress(given);
  const sockets = [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR ? [path.join(env.XDG_RUNTIME_DIR, 'docker.sock'), path.join(env.XDG_RUNTIME_DIR, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  const socketPath = sockets.find((socket) => existsSync(socket));
  return socketPath === undefined ? undefined : { socketPath };
}

function parseAddress(given: string): EngineAddress {
  const unix = /^unix:\/\/(\/.+)$/.exec(given)?.[1];
  if (unix !== undefined) return { socketPath: unix };
  const [, host, port] = /^(?:tcp|http):\/\/(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})\/?$/.exec(given) ?? [];
  if (host !== undefined) return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
  throw new AppError('ENGINE_UNREACHABLE', `the engine at ${given} is not spoken to`, {
    hint: 'DOCKER_HOST may be unix:///path or tcp:// on this machine',
  });
}
