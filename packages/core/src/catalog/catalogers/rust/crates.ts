import { z } from 'zod';
import type { Finding } from '../../types.ts';

const MAX_CRATES = 20_000;

const schema = z.object({
  packages: z
    .array(
      z.object({
        name: z.string().min(1).max(200),
        version: z.string().min(1).max(200),
        source: z.string().optional(),
        kind: z.string().optional(),
        root: z.boolean().optional(),
      }),
    )
    .max(MAX_CRATES),
});

/**
 * Crates of a list: `{"packages":[{"name":"adler","version":"0.2.3","source":"crates.io"}]}`. Those of a build script or procedural macro
 * (`"kind":"build"`) are not in the program. Throws where it is no such list.
 */
export function* parseCrates(json: string): Generator<Finding> {
  for (const { name, version, kind } of schema.parse(JSON.parse(json)).packages) {
    if (kind === 'build') continue;
    yield { kind: 'package', draft: { type: 'cargo', name, version, licenses: [] } };
  }
}
