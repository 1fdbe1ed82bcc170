import { z } from 'zod';
import type { VexProduct } from '../../types.ts';

const MAX_DEPTH = 30;

const named = z.object({
  product_id: z.string(),
  product_identification_helper: z.object({ purl: z.string().nullish(), purls: z.array(z.string()).nullish() }).nullish(),
});
const branch = z.object({ product: named.nullish(), branches: z.array(z.unknown()).nullish() });
const relationship = z.object({
  full_product_name: named,
  product_reference: z.string(),
  relates_to_product_reference: z.string(),
});

/** The tree of products: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#322-product-tree-property */
export const productTree = z.object({
  branches: z.array(z.unknown()).nullish(),
  full_product_names: z.array(named).nullish(),
  relationships: z.array(relationship).nullish(),
  product_groups: z.array(z.object({ group_id: z.string(), product_ids: z.array(z.string()) })).nullish(),
});

/** Ids of products as VEX has them. A product that has no purl is none that can be compared. */
export function readProducts(tree: z.infer<typeof productTree>): ReadonlyMap<string, VexProduct> {
  const purls = new Map<string, readonly string[]>();
  for (const product of tree.full_product_names ?? []) purls.set(product.product_id, purlsOf(product));
  collect(tree.branches ?? [], purls, 0);
  const products = new Map<string, VexProduct>();
  for (const [id, ids] of purls) if (ids.length > 0) products.set(id, { ids });
  for (const { full_product_name: whole, product_reference: part, relates_to_product_reference: place } of tree.relationships ?? []) {
    const own = purlsOf(whole);
    const joined = own.length > 0 ? { ids: own } : join(purls.get(part) ?? [], purls.get(place) ?? []);
    if (joined) products.set(whole.product_id, joined);
  }
  return products;
}

/**
 * A component in a place. A place without a purl is a release of a distribution, known by a CPE: which one an image is of is not compared, so only
 * a component that states its version, which is that release's, can be meant.
 */
function join(part: readonly string[], place: readonly string[]): VexProduct | undefined {
  if (place.length > 0 && part.length > 0) return { ids: place, parts: part };
  const exact = part.filter(hasVersion);
  return exact.length > 0 ? { ids: exact } : undefined;
}

/** `pkg:npm/%40scope/name@1.0?x=y`: what stands behind an `@` of the last part. */
function hasVersion(purl: string): boolean {
  const [base = ''] = purl.split(/[?#]/, 1);
  return base.lastIndexOf('@') > base.lastIndexOf('/') && !base.endsWith('@');
}

function collect(branches: readonly unknown[], purls: Map<string, readonly string[]>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const value of branches) {
    const read = branch.safeParse(value);
    if (!read.success) continue;
    const { product, branches: below } = read.data;
    if (product) purls.set(product.product_id, purlsOf(product));
    collect(below ?? [], purls, depth + 1);
  }
}

function purlsOf({ product_identification_helper: helper }: z.infer<typeof named>): readonly string[] {
  return [...new Set([helper?.purl, ...(helper?.purls ?? [])].filter((purl): purl is string => Boolean(purl)))];
}
