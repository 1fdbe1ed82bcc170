import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { type ServerType, serve } from '@hono/node-server';
import { AppError, messageOf } from '@plimsoll/core';
import { type AppOptions, createApp } from './app.ts';
import { findPage } from './page/page.ts';

/** A server that listens. */
export interface RunningServer {
  /** Where a person finds it: `http://127.0.0.1:7717`. */
  readonly address: string;
  /** Cancels the jobs, then closes every connection. */
  close(): Promise<void>;
}

/** Where to listen, and what to show. */
export interface ServerOptions extends AppOptions {
  /** 0 takes any that is free. */
  readonly port: number;
}

/**
 * Starts the HTTP server. Without `webDir` it serves the built page of `@plimsoll/web`.
 * Throws `PORT_IN_USE`, and `CONFIG_INVALID` where the address cannot be listened on.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port } = options;
  const names = options.names ?? (isWildcard(host) ? [os.hostname()] : []);
  const { app, jobs } = createApp({ ...options, names, webDir: options.webDir ?? findPage() });
  const server = await listen(app.fetch, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://${nameOf(host)}:${taken}`,
    async close() {
      await jobs.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

function listen(fetch: (request: Request) => Response | Promise<Response>, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: hostname.replace(/^\[|\]$/g, ''), port }, () => {
      server.off('error', fail);
      resolve(server);
    });
    const fail = (error: Error): void => reject(toListenError(error, hostname, port));
    server.once('error', fail);
  });
}

function toListenError(error: Error, host: string, port: number): AppError {
  const where = `${host}:${port}`;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return new AppError('PORT_IN_USE', `something listens on ${where} already`, {
      hint: `open http://${where} if it is Plimsoll, or choose another port: --listen ${host}:${port + 1}`,
      cause: error,
    });
  }
  return new AppError('CONFIG_INVALID', `cannot listen on ${where}: ${messageOf(error)}`, {
    hint: 'use an address of this machine, e.g. --listen 127.0.0.1:7717',
    cause: error,
  });
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}

/** The host as a person types it into a browser on this machine. */
function nameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === '::') return '[::1]';
  return bare.includes(':') ? `[${bare}]` : bare;
}
