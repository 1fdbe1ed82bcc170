import { z } from 'zod';
import type { Advisory, AffectedPackage } from '../../types.ts';

const schema = z.object({
  distroversion: z.string(),
  packages: z.array(
    z.object({ pkg: z.object({ name: z.string(), secfixes: z.record(z.string(), z.array(z.string().nullable()).nullable()).nullish() }) }),
  ),
});

/**
 * Reads the database of one repository of a branch: `{ origin package: { fixing version: [ids] } }`; version `0` says that no version of the
 * branch ever had it. What is wrong with it, as text, where it cannot be read.
 */
export function parseSecdb(bytes: Uint8Array): readonly Advisory[] | string {
  const read = schema.safeParse(parse(bytes));
  if (!read.success) return read.error.issues[0]?.message ?? 'malformed';
  const ecosystem = `alpine:${read.data.distroversion.replace(/^v/, '')}`;
  const advisories: Advisory[] = [];
  for (const { pkg } of read.data.packages) {
    for (const [version, cells] of Object.entries(pkg.secfixes ?? {})) {
      const common = { ecosystem, name: pkg.name, scheme: 'apk' } as const;
      const affected: AffectedPackage =
        version === '0'
          ? { ...common, ranges: [], status: 'not-affected' }
          : { ...common, ranges: [{ fixed: version }], status: 'affected' };
      for (const id of (cells ?? []).flatMap(idsOf)) advisories.push(toAdvisory(id, affected));
    }
  }
  return advisories;
}

/** A cell may hold several ids and notes: `CVE-2021-1 (+ regression) XSA-1`. */
function idsOf(cell: string | null): readonly string[] {
  return (cell ?? '').split(/[\s,]+/).filter((word) => /^[A-Z][A-Z0-9]{1,15}-[A-Za-z0-9-]{1,60}$/.test(word));
}

function toAdvisory(id: string, affected: AffectedPackage): Advisory {
  const references = id.startsWith('CVE-') ? [`https://security.alpinelinux.org/vuln/${id}`] : [];
  return { id, aliases: [], opinions: [], cwes: [], references, withdrawn: false, affected: [affected] };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
