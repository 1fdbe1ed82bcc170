import { z } from 'zod';
import type { VexDocument, VexProduct, VexStatus } from '../../types.ts';
import { timeOf } from '../shared/time.ts';

const MAX_DEPTH = 20;

interface Component {
  readonly 'bom-ref'?: string | null | undefined;
  readonly purl?: string | null | undefined;
  readonly components?: readonly unknown[] | null | undefined;
}
const component = z.object({ 'bom-ref': z.string().nullish(), purl: z.string().nullish(), components: z.array(z.unknown()).nullish() });
const affected = z.object({
  ref: z.string(),
  versions: z.array(z.object({ version: z.string().nullish(), status: z.string().nullish() })).nullish(),
});
const vulnerability = z.object({
  id: z.string().nullish(),
  references: z.array(z.object({ id: z.string() })).nullish(),
  analysis: z
    .object({
      state: z.string().nullish(),
      justification: z.string().nullish(),
      detail: z.string().nullish(),
      firstIssued: z.string().nullish(),
      lastUpdated: z.string().nullish(),
    })
    .nullish(),
  affects: z.array(affected).nullish(),
  updated: z.string().nullish(),
});
const bom = z.object({
  metadata: z
    .object({
      timestamp: z.string().nullish(),
      component: component.nullish(),
      supplier: z.object({ name: z.string().nullish() }).nullish(),
    })
    .nullish(),
  components: z.array(z.unknown()).nullish(),
  vulnerabilities: z.array(vulnerability).nullish(),
});

/** Words of the format for ours; one that is not here says nothing. */
const STATES: Readonly<Record<string, VexStatus>> = {
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  exploitable: 'affected',
  in_triage: 'under_investigation',
  false_positive: 'not_affected',
  not_affected: 'not_affected',
};

/** Whether it is CycloneDX, by its `bomFormat`. */
export function isBom(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'bomFormat' in value && value.bomFormat === 'CycloneDX';
}

/**
 * Reads the analyses of a BOM. Where the BOM is that of an image, what it says of components is said of that image alone.
 * Throws what zod makes of one that is none.
 */
export function readBom(value: unknown): Omit<VexDocument, 'name'> {
  const { metadata, components, vulnerabilities } = bom.parse(value);
  const subject = metadata?.component ?? undefined;
  const refs = new Map<string, string>();
  collectRefs([...(subject ? [subject] : []), ...(components ?? [])], refs, 0);
  const image = subject?.purl?.startsWith('pkg:oci/') || subject?.purl?.startsWith('pkg:docker/') ? subject.purl : undefined;
  const author = metadata?.supplier?.name;
  return {
    ...(author && { author }),
    statements: (vulnerabilities ?? []).flatMap(({ id, references, analysis, affects, updated }) => {
      const status = STATES[analysis?.state ?? ''];
      const names = [id, ...(references ?? []).map((reference) => reference.id)].filter((name): name is string => Boolean(name));
      if (!analysis || status === undefined || names.length === 0) return [];
      const reason = [analysis.justification, analysis.detail].filter(Boolean).join(': ');
      return [
        {
          vulnerabilities: [...new Set(names)],
          products: (affects ?? []).flatMap((one) => toProducts(one, refs, image)),
          status,
          ...(reason && { reason }),
          time: timeOf(analysis.lastUpdated ?? analysis.firstIssued ?? updated ?? metadata?.timestamp),
        },
      ];
    }),
  };
}

function collectRefs(components: readonly unknown[], refs: Map<string, string>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const value of components) {
    const read = component.safeParse(value);
    if (!read.success) continue;
    const found: Component = read.data;
    if (found['bom-ref'] && found.purl) refs.set(found['bom-ref'], found.purl);
    collectRefs(found.components ?? [], refs, depth + 1);
  }
}

function toProducts(
  { ref, versions }: z.infer<typeof affected>,
  refs: ReadonlyMap<string, string>,
  image: string | undefined,
): VexProduct[] {
  const name = ref.startsWith('urn:cdx:') ? decodeRef(ref.slice(ref.indexOf('#') + 1)) : ref;
  const purl = refs.get(name) ?? (name.startsWith('pkg:') ? name : undefined);
  if (purl === undefined) return [];
  if (purl === image) return [{ ids: [purl] }];
  // Versions that are given beside a component narrow it; a range of them is more than a purl can say.
  const purls = versions?.length ? versions.flatMap(({ version }) => (version ? [withVersion(purl, version)] : [])) : [purl];
  return image === undefined ? purls.map((one) => ({ ids: [one] })) : [{ ids: [image], parts: purls }];
}

function withVersion(purl: string, version: string): string {
  const end = purl.search(/[?#]/);
  const [base, rest] = end === -1 ? [purl, ''] : [purl.slice(0, end), purl.slice(end)];
  const at = base.lastIndexOf('@');
  const bare = at > base.lastIndexOf('/') ? base.slice(0, at) : base;
  return `${bare}@${encodeURIComponent(version)}${rest}`;
}

function decodeRef(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
