import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import { startServer } from '@plimsoll/server';
import { fillWorkspace } from './fixture.ts';

/** Where the built page lies. */
export const pageFolder = fileURLToPath(new URL('../../packages/web/dist', import.meta.url));

/** A server for a test, with its own data. */
export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly workspace: Workspace;
  readonly context: Context;
}

/** What a test may want otherwise. */
export interface ServeOptions {
  /** See `fillWorkspace`. */
  readonly large?: boolean;
  /** True: no images and no advisories. */
  readonly empty?: boolean;
  /** Environment of the server, which is online then. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default {@link pageFolder}. */
  readonly webDir?: string;
}

/** Starts the server on a free port over the images of `fixture.ts`, offline, in a temporary folder that goes with it. */
export async function serveFixture(options: ServeOptions = {}): Promise<Served> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-e2e-'));
  const workspace = openWorkspace({ dataDir: path.join(folder, 'data'), cacheDir: path.join(folder, 'cache') });
  const context = createContext(options.env ? { env: options.env } : { offline: true });
  if (!options.empty) await fillWorkspace(workspace, folder, context, options);
  const server = await startServer({
    workspace,
    context,
    host: '127.0.0.1',
    port: 0,
    webDir: options.webDir ?? pageFolder,
    onFault: console.error,
  });
  return {
    address: server.address,
    workspace,
    context,
    async [Symbol.asyncDispose]() {
      await server.close();
      workspace[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const served = await serveFixture({ large: process.argv.includes('--large'), empty: process.argv.includes('--empty') });
  console.log(served.address);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void served[Symbol.asyncDispose]());
}
