import { z } from 'zod';
import type { VexDocument, VexProduct, VexStatement, VexStatus } from '../../types.ts';
import { timeOf } from '../shared/time.ts';
import { productTree, readProducts } from './products.ts';

const ids = z.array(z.string()).nullish();
const scoped = { product_ids: ids, group_ids: ids };
const vulnerability = z.object({
  cve: z.string().nullish(),
  ids: z.array(z.object({ text: z.string() })).nullish(),
  product_status: z
    .object({
      known_not_affected: ids,
      fixed: ids,
      first_fixed: ids,
      known_affected: ids,
      first_affected: ids,
      last_affected: ids,
      under_investigation: ids,
    })
    .nullish(),
  flags: z.array(z.object({ label: z.string(), ...scoped })).nullish(),
  threats: z.array(z.object({ category: z.string(), details: z.string(), ...scoped })).nullish(),
});
const csafDocument = z.object({
  document: z.object({
    publisher: z.object({ name: z.string().nullish() }).nullish(),
    tracking: z.object({ current_release_date: z.string().nullish() }).nullish(),
  }),
  product_tree: productTree.nullish(),
  vulnerabilities: z.array(vulnerability).nullish(),
});
type Vulnerability = z.infer<typeof vulnerability>;

const STATUSES = {
  known_not_affected: 'not_affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  under_investigation: 'under_investigation',
} as const satisfies Readonly<Record<keyof NonNullable<Vulnerability['product_status']>, VexStatus>>;

/** Whether it is CSAF, by its version. */
export function isCsaf(value: unknown): boolean {
  return z.object({ document: z.object({ csaf_version: z.string(), category: z.string() }) }).safeParse(value).success;
}

/** Reads what a document says of each product. Throws what zod makes of one that is none. */
export function readCsaf(value: unknown): Omit<VexDocument, 'name'> {
  const { document, product_tree: tree, vulnerabilities } = csafDocument.parse(value);
  const products = readProducts(tree ?? {});
  const groups = new Map((tree?.product_groups ?? []).map(({ group_id, product_ids }) => [group_id, product_ids]));
  const author = document.publisher?.name;
  const time = timeOf(document.tracking?.current_release_date);
  return {
    ...(author && { author }),
    statements: (vulnerabilities ?? []).flatMap((said) => statementsOf(said, products, groups).map((one) => ({ ...one, time }))),
  };
}

/** One statement for each status and reason: a document of Red Hat's names thousands of products. */
function statementsOf(
  said: Vulnerability,
  products: ReadonlyMap<string, VexProduct>,
  groups: ReadonlyMap<string, readonly string[]>,
): readonly Omit<VexStatement, 'time'>[] {
  const names = [said.cve, ...(said.ids ?? []).map(({ text }) => text)].filter((name): name is string => Boolean(name));
  if (names.length === 0) return [];
  const reasons = reasonsOf(said, groups);
  return Object.entries(STATUSES).flatMap(([key, status]) => {
    const byReason = new Map<string, VexProduct[]>();
    for (const id of said.product_status?.[key as keyof typeof STATUSES] ?? []) {
      const product = products.get(id);
      if (!product) continue;
      const reason = reasons.get(id) ?? '';
      const list = byReason.get(reason);
      if (list) list.push(product);
      else byReason.set(reason, [product]);
    }
    return [...byReason].map(([reason, list]) => ({ vulnerabilities: names, products: list, status, ...(reason && { reason }) }));
  });
}

function reasonsOf({ flags, threats }: Vulnerability, groups: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const add = (
    text: string,
    { product_ids, group_ids }: { readonly product_ids?: z.infer<typeof ids>; readonly group_ids?: z.infer<typeof ids> },
  ) => {
    for (const id of [...(product_ids ?? []), ...(group_ids ?? []).flatMap((group) => groups.get(group) ?? [])]) {
      const before = reasons.get(id);
      reasons.set(id, before === undefined ? text : `${before}: ${text}`);
    }
  };
  for (const flag of flags ?? []) add(flag.label, flag);
  for (const threat of threats ?? []) if (threat.category === 'impact') add(threat.details, threat);
  return reasons;
}
