import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Context } from '../../../util/context.ts';

/** What lets us into a registry. Never printed. */
export interface Credentials {
  /** base64 of `user:password`. */
  readonly basic?: string;
  readonly refreshToken?: string;
}

const schema = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
        identitytoken: z.string().optional(),
      }),
    )
    .nullish(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});

/**
 * Reads a registry's entry in Docker's `config.json` (`DOCKER_CONFIG`, else `~/.docker`). Undefined where there is none. A configuration
 * that keeps the secret in a credential helper becomes a diagnostic, since helpers are programs and are not run.
 * https://docs.docker.com/reference/cli/docker/login/#configure-the-credential-store
 */
export async function readCredentials(registry: string, context: Context): Promise<Credentials | undefined> {
  const file = path.join(context.env.DOCKER_CONFIG ?? path.join(context.env.HOME ?? homedir(), '.docker'), 'config.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const warn = (message: string) => context.diagnose({ code: 'CREDENTIALS_UNREADABLE', message, author: 'registry' });
  const read = schema.safeParse(parse(text));
  if (!read.success) {
    warn(`${file} is not a Docker configuration that can be read`);
    return undefined;
  }
  const { auths, credsStore, credHelpers } = read.data;
  const names =
    registry === 'docker.io' ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io'] : [registry, `https://${registry}`];
  const entry = names.map((name) => auths?.[name]).find((found) => found !== undefined);
  if (entry?.identitytoken) return { refreshToken: entry.identitytoken };
  if (entry?.auth) return { basic: entry.auth };
  if (entry?.username !== undefined) return { basic: Buffer.from(`${entry.username}:${entry.password ?? ''}`).toString('base64') };
  if (entry || names.some((name) => credHelpers?.[name])) {
    warn(`the login for ${registry} is kept by the credential helper ${credHelpers?.[registry] ?? credsStore ?? ''}, which is not asked`);
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
