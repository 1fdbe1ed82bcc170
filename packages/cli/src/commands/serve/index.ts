import { AppError } from '@plimsoll/core';
import type { CommandContext } from '../../types.ts';

/** Starts the server and stays until it is told to stop. `onReady` is given its address. */
export async function serve(listen: string, use: CommandContext, onReady: (address: string) => void | Promise<void>): Promise<void> {
  const { startServer } = await import('@plimsoll/server');
  const { host, port } = parseListen(listen);
  const { signal } = use.context;
  // The server outlives the command that started it: its work is cancelled job by job, not by the terminal's interrupt.
  const server = await startServer({ workspace: use.workspace, context: { ...use.context, signal: undefined }, host, port });
  await onReady(server.address);
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
}

/** Reads `host:port`. Throws `USAGE`. */
export function parseListen(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const port = /^\d{1,5}$/.test(text.slice(colon + 1)) ? Number(text.slice(colon + 1)) : Number.NaN;
  const host = text.slice(0, Math.max(0, colon));
  if (colon === -1 || host === '' || !(port <= 65_535)) {
    throw new AppError('USAGE', `${text} is no address to listen on`, { hint: 'write host:port, e.g. 127.0.0.1:7717' });
  }
  return { host, port };
}
