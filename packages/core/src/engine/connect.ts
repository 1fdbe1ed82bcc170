import { z } from 'zod';
import { collect } from '../util/bytes.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError, messageOf } from '../util/errors.ts';
import { findAddress } from './address.ts';
import { createEngineClient, wordsOf } from './client.ts';
import { DOCKER_DONE, followPull, PODMAN_DONE } from './follow-pull.ts';
import type { Engine, EngineImage } from './types.ts';

const versionSchema = z.object({
  Version: z.string().max(100),
  Components: z.array(z.object({ Name: z.string().max(100) })).nullish(),
  Platform: z.object({ Name: z.string() }).nullish(),
});
const imageSchema = z.object({
  Id: z.string().min(1).max(200),
  RepoTags: z.array(z.string()).nullish(),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Variant: z.string().nullish(),
  /** Only engines have it that keep several platforms. */
  Descriptor: z.unknown().optional(),
});
const imagesSchema = z.array(imageSchema.pick({ Id: true, RepoTags: true }));
const containersSchema = z.array(
  z.object({ Id: z.string(), ImageID: z.string(), Names: z.array(z.string()).nullish(), State: z.string().nullish() }),
);
const MAX_WORDS = 64 * 1024;
/** Milliseconds: the engine is silent until the registry has answered it; and while it packs what it gives. */
const PULL_PATIENCE = 300_000;
const EXPORT_PATIENCE = 120_000;

/**
 * Connects to the container engine of this machine. Undefined where none listens in the usual places. Throws `ENGINE_UNREACHABLE` where one
 * is named and does not answer.
 * @param options `patience`: milliseconds until it must have said what it is
 */
export async function connectEngine(context: Context, { patience }: { readonly patience?: number } = {}): Promise<Engine | undefined> {
  const address = findAddress(context);
  if (!address) return undefined;
  const client = createEngineClient(address);
  const { Version, Components } = checked(
    versionSchema,
    await client.ask({ path: '/version', ...(patience !== undefined && { patience }) }, context),
  );
  const isPodman = Components?.some(({ Name }) => /podman/i.test(Name)) ?? false;

  return {
    name: `${isPodman ? 'Podman' : 'Docker Engine'} ${Version}`,

    async findImage(nameOrId, ongoing) {
      const found = await client.ask({ path: `/images/${encodeURIComponent(nameOrId)}/json` }, ongoing);
      if (found === undefined) return undefined;
      return toImage(checked(imageSchema, found));
    },

    async listImages(ongoing) {
      const found = checked(imagesSchema, await client.ask({ path: '/images/json' }, ongoing)).map(toImage);
      return found.filter(({ names }) => names.length > 0).sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
    },

    exportImage: (nameOrId, ongoing) => exportImage(client, nameOrId, ongoing),

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

async function* exportImage(client: ReturnType<typeof createEngineClient>, nameOrId: string, context: Context) {
  const path = `/images/${encodeURIComponent(nameOrId)}/get`;
  const { status, body } = await client.send({ path, patience: EXPORT_PATIENCE }, context);
  if (status !== 200) {
    const words = wordsOf(await collect(body, MAX_WORDS, 'the engine’s answer'), status);
    throw new AppError(
      status === 404 ? 'IMAGE_NOT_FOUND' : 'ENGINE_UNREACHABLE',
      `the container engine does not give ${nameOrId}: ${words}`,
    );
  }
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (cause) {
    throwIfCancelled(context);
    throw new AppError('ENGINE_UNREACHABLE', `the container engine broke off: ${messageOf(cause)}`, { cause, hint: 'try again' });
  }
}

function toImage({ Id, RepoTags, Os, Architecture, Variant, Descriptor }: z.infer<typeof imageSchema>): EngineImage {
  const isOne = Os && Architecture && (Descriptor === undefined || Descriptor === null);
  return {
    id: Id,
    names: (RepoTags ?? []).filter((name) => !name.startsWith('<none>')).sort(),
    ...(isOne && { platform: { os: Os, architecture: Architecture, ...(Variant && { variant: Variant }) } }),
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
