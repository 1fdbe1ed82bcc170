import { packageTypes } from '@plimsoll/model';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, messageOf } from '../util/errors.ts';
import type { ExceptionRule } from './types.ts';

/** What a configuration file says. */
export interface Configuration {
  readonly rules: readonly ExceptionRule[];
  /** Files and folders with VEX documents, as they are written. */
  readonly vex: readonly string[];
}

const text = z.string().min(1).max(2048);
const oneOrMore = z.union([text, z.array(text).min(1)]);
const rule = z.strictObject({
  vulnerability: oneOrMore.optional(),
  package: z
    .union([
      text,
      z.strictObject({ name: text.optional(), purl: text.optional(), type: z.enum(packageTypes).optional(), version: text.optional() }),
    ])
    .optional(),
  path: text.optional(),
  layer: z.number().int().min(0).optional(),
  image: text.optional(),
  fix: z.enum(['available', 'none', 'will-not-fix']).optional(),
  reason: text,
  expires: z.iso.date().optional(),
});
const configuration = z.strictObject({ exceptions: z.array(rule).nullish(), vex: oneOrMore.nullish() });

/**
 * Reads `.plimsoll.yaml`. A mistake in it is not passed over: what a person meant to leave out of the counts, or not, would be guessed.
 * Throws `CONFIGURATION_INVALID`. `name` is what the file is called in messages.
 */
export function parseConfiguration(source: string, name: string): Configuration {
  const fail = (why: string, cause?: unknown) =>
    new AppError('CONFIGURATION_INVALID', `${name}: ${why}`, { cause, hint: 'docs/guides/exceptions.md has what it may say' });
  let value: unknown;
  try {
    value = parse(source, { maxAliasCount: 0, schema: 'core', logLevel: 'error' });
  } catch (cause) {
    throw fail(messageOf(cause).split('\n')[0]?.slice(0, 200) ?? 'it is no YAML', cause);
  }
  const read = configuration.safeParse(value ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    throw fail(`${placeOf(issue?.path ?? [])}${issue?.message ?? 'it cannot be read'}`, read.error);
  }
  const { exceptions, vex } = read.data;
  return {
    rules: (exceptions ?? []).map((one, position) => {
      const named = `${name}, exception ${position + 1}`;
      if (one.vulnerability === undefined && one.package === undefined && one.path === undefined)
        throw fail(`exception ${position + 1} would leave out everything: name a vulnerability, a package or a path`);
      return toRule(one, named);
    }),
    vex: vex === undefined || vex === null ? [] : listOf(vex),
  };
}

function toRule(one: z.infer<typeof rule>, name: string): ExceptionRule {
  const { vulnerability, package: named, path, layer, image, fix, reason, expires } = one;
  return {
    name,
    ...(vulnerability !== undefined && { vulnerabilities: listOf(vulnerability) }),
    ...(named !== undefined && { package: typeof named === 'string' ? bareName(named) : withoutUndefined(named) }),
    ...(path !== undefined && { path }),
    ...(layer !== undefined && { layer }),
    ...(image !== undefined && { image }),
    ...(fix !== undefined && { fix }),
    reason,
    ...(expires !== undefined && { expires }),
  };
}

function bareName(named: string): NonNullable<ExceptionRule['package']> {
  return named.startsWith('pkg:') ? { purl: named } : { name: named };
}

function withoutUndefined({ name, purl, type, version }: Partial<Record<'name' | 'purl' | 'type' | 'version', string | undefined>>) {
  return {
    ...(name !== undefined && { name }),
    ...(purl !== undefined && { purl }),
    ...(type !== undefined && { type }),
    ...(version !== undefined && { version }),
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** `exceptions 2, reason: `. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  return `${path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ')}: `;
}
