import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Context } from '../util/context.ts';

const MAX_FILE = 1024 * 1024;
const configSchema = z.object({ currentContext: z.string().nullish() });
const metaSchema = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/**
 * The address of Docker's context in use: `DOCKER_CONTEXT`, else the `currentContext` of Docker's `config.json`. Undefined where it is the default one or
 * cannot be read. https://docs.docker.com/engine/manage-resources/contexts/
 */
export function hostOfContext({ env }: Pick<Context, 'env'>): string | undefined {
  const folder = env.DOCKER_CONFIG || path.join(env.HOME ?? homedir(), '.docker');
  const name = env.DOCKER_CONTEXT || configSchema.safeParse(readJson(path.join(folder, 'config.json'))).data?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  return metaSchema.safeParse(readJson(path.join(folder, 'contexts/meta', id, 'meta.json'))).data?.Endpoints.docker.Host;
}

function readJson(file: string): unknown {
  try {
    return statSync(file).size <= MAX_FILE ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
