import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { isAppError } from '@plimsoll/core';
import { wantOf } from '../../assess-image.ts';
import type { CommandContext, ImageOptions } from '../../types.ts';
import { serve } from '../serve/index.ts';

/** Indexes an image and opens its page: on the server that runs, else on one started here, which then stays. */
export async function view(
  input: string,
  options: ImageOptions & { readonly open: boolean },
  use: CommandContext,
  say: (line: string) => void,
): Promise<void> {
  const { image } = await use.workspace.index(input, wantOf(options), use.context);
  const show = (address: string) => {
    const page = `${address}/images/${image.digest}`;
    say(page);
    if (options.open) openBrowser(page);
  };
  try {
    await serve(use.environment.listen, use, show);
  } catch (error) {
    // A server that keeps the same data shows the image as well as one of our own would.
    const running = `http://${use.environment.listen}`;
    if (!isAppError(error, 'PORT_IN_USE') || !(await knows(running, image.digest))) throw error;
    show(running);
  }
}

async function knows(address: string, digest: string): Promise<boolean> {
  const response = await fetch(`${address}/api/images/${digest}`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

function openBrowser(address: string): void {
  const command = platform() === 'darwin' ? 'open' : platform() === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no browser here: the address was printed
  child.unref();
}
