import { z } from 'zod';
import { collect } from '../util/bytes.ts';
import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';
import { findAddress } from './address.ts';
import { createEngineClient, wordsOf } from './client.ts';
import { DOCKER_DONE, followPull, PODMAN_DONE } from './follow-pull.ts';
import type { Engine } from './types.ts';

const versionSchema = z.object({
  Version: z.string().max(100),
  Components: z.array(z.object({ Name: z.string().max(100) })).nullish(),
  Platform: z.object({ Name: z.string() }).nullish(),
});
const imageSchema = z.object({ Id: z.string().min(1), RepoTags: z.array(z.string()).nullish() });
const containersSchema = z.array(
  z.object({ Id: z.string(), ImageID: z.string(), Names: z.array(z.string()).nullish(), State: z.string().nullish() }),
);
const MAX_WORDS = 64 * 1024;
/** Milliseconds: the engine is silent until the registry has answered it. */
const PULL_PATIENCE = 300_000;

/**
 * Connects to the container engine of this machine. Undefined where none listens in the usual places. Throws `ENGINE_UNREACHABLE` where one
 * is named and does not answer.
 */
export async function connectEngine(context: Context): Promise<Engine | undefined> {
  const address = findAddress(context);
  if (!address) return undefined;
  const client = createEngineClient(address);
  const { Version, Components } = checked(versionSchema, await client.ask({ path: '/version' }, context));
  const isPodman = Components?.some(({ Name }) => /podman/i.test(Name)) ?? false;

  return {
    name: `${isPodman ? 'Podman' : 'Docker Engine'} ${Version}`,

    async findImage(nameOrId, ongoing) {
      const found = await client.ask({ path: `/images/${encodeURIComponent(nameOrId)}/json` }, ongoing);
      if (found === undefined) return undefined;
      const { Id, RepoTags } = checked(imageSchema, found);
      return { id: Id, names: (RepoTags ?? []).filter((name) => !name.startsWith('<none>')) };
    },

    async pull(name, { login }, ongoing) {
      const colon = name.lastIndexOf(':');
      const query = new URLSearchParams({ fromImage: name.slice(0, colon), tag: name.slice(colon + 1) });
      const { status, body } = await client.send(
        {
          method: 'POST',
          path: `/images/create?${query}`,
          ...(login !== undefined && { headers: { 'X-Registry-Auth': toHeader(login) } }),
          patience: PULL_PATIENCE,
        },
        ongoing,
      );
      if (status === 200) return followPull(name, body, isPodman ? PODMAN_DONE : DOCKER_DONE, ongoing);
      const words = wordsOf(await collect(body, MAX_WORDS, 'the engine’s answer'), status);
      throw new AppError('ENGINE_PULL_FAILED', `pulling ${name} failed: ${words}`, { hint: 'the old image is untouched' });
    },

    async containersOf(imageId, ongoing) {
      const query = new URLSearchParams({ all: '1', filters: JSON.stringify({ ancestor: [imageId] }) });
      const found = checked(containersSchema, await client.ask({ path: `/containers/json?${query}` }, ongoing));
      return found.map(({ Id, Names, State }) => ({ id: Id, name: Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12), state: State ?? '' }));
    },

    async removeImage(imageId, ongoing) {
      const { status, body } = await client.send({ method: 'DELETE', path: `/images/${encodeURIComponent(imageId)}` }, ongoing);
      const bytes = await collect(body, MAX_WORDS, 'the engine’s answer');
      return status === 200 || status === 404 ? undefined : wordsOf(bytes, status);
    },
  };
}

function toHeader(login: string): string {
  const [username = '', ...rest] = Buffer.from(login, 'base64').toString().split(':');
  return Buffer.from(JSON.stringify({ username, password: rest.join(':') })).toString('base64url');
}

function checked<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new AppError('ENGINE_UNREACHABLE', 'what answers is no container engine', { cause: read.error });
}
