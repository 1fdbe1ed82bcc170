import { digestSchema, imageConfigSchema, platformSchema } from '@plimsoll/model';
import { z } from 'zod';
import type { ExchangeEntry } from '../types.ts';

/** What the first line of an exported base index says. */
export const FORMAT = 'plimsoll-bases';
/** Moves when a line of an older program could be misread. */
export const VERSION = 1;

/** First line. */
export const headerSchema = z.object({ format: z.literal(FORMAT), version: z.literal(VERSION), written: z.string().max(64) });

const text = z.string().max(4096);
const time = z.iso.datetime({ offset: true });
const record = z.object({
  name: text.min(1),
  repository: text.min(1),
  tag: z.string().max(512),
  digest: digestSchema,
  indexDigest: digestSchema.optional(),
  configDigest: digestSchema.optional(),
  platform: platformSchema,
  created: text.optional(),
  size: z.number().nonnegative(),
  chainId: digestSchema.optional(),
  chains: z
    .object({ stored: digestSchema.optional(), 'diff+empty': digestSchema.optional(), 'stored+empty': digestSchema.optional() })
    .optional(),
  layerCount: z.number().int().nonnegative(),
  history: z.object({ count: z.number().int().nonnegative(), digest: digestSchema }).optional(),
  config: imageConfigSchema,
  input: text,
  ref: text.optional(),
  origin: z.enum(['added', 'indexed']),
  sbom: digestSchema.optional(),
  pushed: time.optional(),
  firstSeen: time,
  lastSeen: time,
  superseded: z.boolean().optional(),
  gone: time.optional(),
});
const place = z.object({
  input: text.min(1),
  tags: z.array(z.string().max(130)).max(100),
  platforms: z.array(platformSchema).max(100),
  state: z.enum(['new', 'partial', 'done', 'failed']),
  started: time.optional(),
  synced: time.optional(),
  error: text.optional(),
});
const state = z.object({
  tag: z.string().max(512),
  digest: digestSchema,
  etag: z.string().max(300).optional(),
  checked: time,
  gone: time.optional(),
});

/** Every further line. What it does not name is dropped. */
export const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('place'), place }),
  z.object({ kind: z.literal('record'), record, pointed: time.optional() }),
  z.object({ kind: z.literal('tag'), repository: text.min(1), state }),
  z.object({
    kind: z.literal('top'),
    repository: text.min(1),
    digest: digestSchema,
    platforms: text,
    manifests: z.array(digestSchema).max(1000),
  }),
]) as unknown as z.ZodType<ExchangeEntry>;
