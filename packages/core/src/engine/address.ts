import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';
import { hostOfContext } from './docker-context.ts';

/** Where an engine listens. */
export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/**
 * Where the engine of this machine listens: `DOCKER_HOST`, else Docker's context in use, else the usual sockets of Docker and Podman. Undefined where there
 * is none. Throws `ENGINE_UNREACHABLE` for an address that is not spoken to: TCP is only spoken to loopback, since it is neither checked nor encrypted.
 */
export function findAddress({ env }: Pick<Context, 'env'>): EngineAddress | undefined {
  const given = env.DOCKER_HOST || hostOfContext({ env });
  if (given) return parseAddress(given);
  const socketPath = usualSockets(env).find((socket) => existsSync(socket));
  return socketPath === undefined ? undefined : { socketPath };
}

/** Of Docker, Docker Desktop, Docker without root, and Podman with and without it. */
function usualSockets({ XDG_RUNTIME_DIR, HOME }: Context['env']): readonly string[] {
  if (process.platform === 'win32') return [DOCKER_PIPE];
  const user = XDG_RUNTIME_DIR || (process.getuid && `/run/user/${process.getuid()}`);
  return [
    '/var/run/docker.sock',
    ...(HOME ? [path.join(HOME, '.docker/run/docker.sock')] : []),
    ...(user ? [path.join(user, 'docker.sock'), path.join(user, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

const DOCKER_PIPE = '\\\\.\\pipe\\docker_engine';

function parseAddress(given: string): EngineAddress {
  const unix = /^unix:\/\/(\/.+)$/.exec(given)?.[1];
  if (unix !== undefined) return { socketPath: unix };
  // The pipe of another machine would begin with its name in place of the dot.
  const pipe = /^npipe:\/{4}\.\/pipe\/([\w.-]+)$/.exec(given)?.[1];
  if (pipe !== undefined) return { socketPath: `\\\\.\\pipe\\${pipe}` };
  const [, host, port] = /^(?:tcp|http):\/\/(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})\/?$/.exec(given) ?? [];
  if (host !== undefined) return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
  throw new AppError('ENGINE_UNREACHABLE', `the engine at ${given.slice(0, 200)} is not spoken to`, {
    hint: 'DOCKER_HOST, or Docker’s context, may be unix:///path or tcp:// on this machine',
  });
}
