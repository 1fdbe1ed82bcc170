import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { collect, readRange } from '../../../util/bytes.ts';
import type { Context } from '../../../util/context.ts';
import { AppError, messageOf } from '../../../util/errors.ts';
import { askHelper } from './helper.ts';

/** What lets us into a registry. Never printed. */
export interface Credentials {
  /** base64 of `user:password`. */
  readonly basic?: string;
  readonly refreshToken?: string;
}

const MAX_FILE = 1024 * 1024;

const entrySchema = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});
const schema = z.object({
  auths: z.record(z.string(), entrySchema.nullable()).nullish(),
  credsStore: z.string().nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

/**
 * The login for a registry, from the first file that has one: Podman's where `REGISTRY_AUTH_FILE` names it, Docker's `config.json` (`DOCKER_CONFIG`,
 * else `~/.docker`), Podman's in its usual places. A login kept by a credential helper is asked of that program. What cannot be read becomes a
 * diagnostic. Undefined where there is none.
 * https://docs.docker.com/reference/cli/docker/login/#configure-the-credential-store,
 * https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 * @param repository logins may be kept for a part of a registry
 */
export async function readCredentials(registry: string, context: Context, repository = ''): Promise<Credentials | undefined> {
  for (const file of filesOf(context.env)) {
    const found = await readFrom(file, { registry, repository }, context).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'CANCELLED') throw error;
      context.diagnose({
        code: 'CREDENTIALS_UNREADABLE',
        message: `${messageOf(error)}; ${registry} is asked without a login`,
        author: 'registry',
      });
    });
    if (found) return found;
  }
  return undefined;
}

function filesOf(env: Context['env']): readonly string[] {
  const home = env.HOME ?? homedir();
  const { REGISTRY_AUTH_FILE, DOCKER_CONFIG, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
  const podman = 'containers/auth.json';
  return [
    ...(REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : []),
    path.join(DOCKER_CONFIG || path.join(home, '.docker'), 'config.json'),
    ...(XDG_RUNTIME_DIR ? [path.join(XDG_RUNTIME_DIR, podman)] : []),
    path.join(XDG_CONFIG_HOME || path.join(home, '.config'), podman),
  ];
}

/** As Docker takes them: the helper of this registry, what stands in the file, the helper of all. */
async function readFrom(
  file: string,
  { registry, repository }: { readonly registry: string; readonly repository: string },
  context: Context,
): Promise<Credentials | undefined> {
  const bytes = await collect(readRange(file), MAX_FILE, file).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  const read = bytes && schema.safeParse(parse(bytes));
  if (!read) return undefined;
  if (!read.success) throw new Error(`${file} is not a configuration of logins that can be read`);
  const { auths, credsStore, credHelpers } = read.data;
  const names = namesOf(registry, repository);
  const server = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  const helped = names.find((name) => own(credHelpers, name));
  if (helped !== undefined)
    return askHelper(own(credHelpers, helped) ?? '', helped.includes('/') && !helped.includes(':/') ? helped : server, context);
  const stored = names.map((name) => toCredentials(own(auths, name))).find((found) => found !== undefined);
  return stored ?? (credsStore ? askHelper(credsStore, server, context) : undefined);
}

/** What a login for a repository may stand under, the nearest first. */
function namesOf(registry: string, repository: string): readonly string[] {
  const parts = repository.split('/');
  const within = repository === '' ? [] : parts.map((_, left) => `${registry}/${parts.slice(0, parts.length - left).join('/')}`);
  const known = registry === 'docker.io' ? ['https://index.docker.io/v1/', 'index.docker.io'] : [];
  return [...within, ...known, registry, `https://${registry}`, `https://${registry}/v1/`, `https://${registry}/v2/`];
}

function toCredentials(entry: z.infer<typeof entrySchema> | null | undefined): Credentials | undefined {
  if (entry?.identitytoken) return { refreshToken: entry.identitytoken };
  if (entry?.auth) return { basic: entry.auth };
  if (entry?.username === undefined) return undefined;
  return { basic: Buffer.from(`${entry.username}:${entry.password ?? ''}`).toString('base64') };
}

function own<Value>(record: Readonly<Record<string, Value>> | null | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
