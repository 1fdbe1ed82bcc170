import { z } from 'zod';

const products = z.array(z.string()).nullish();
const statuses = z
  .object({ fixed: products, first_fixed: products, known_affected: products, known_not_affected: products, under_investigation: products })
  .nullish();

/** The parts of a CSAF document that we use; its tree of branches is walked by hand. https://docs.oasis-open.org/csaf/csaf/v2.0/ */
export const csafSchema = z.object({
  document: z.object({ aggregate_severity: z.object({ text: z.string() }).nullish(), title: z.string().nullish() }),
  product_tree: z
    .object({
      branches: z.unknown(),
      relationships: z
        .array(
          z.object({
            full_product_name: z.object({ product_id: z.string() }),
            product_reference: z.string(),
            relates_to_product_reference: z.string(),
          }),
        )
        .nullish(),
    })
    .nullish(),
  vulnerabilities: z.array(
    z.object({
      cve: z.string().nullish(),
      cwe: z.object({ id: z.string() }).nullish(),
      notes: z.array(z.object({ category: z.string().nullish(), text: z.string().nullish() })).nullish(),
      references: z.array(z.object({ url: z.string().nullish() })).nullish(),
      release_date: z.string().nullish(),
      product_status: statuses,
      remediations: z
        .array(z.object({ category: z.string(), details: z.string().nullish(), url: z.string().nullish(), product_ids: products }))
        .nullish(),
      scores: z
        .array(
          z.object({
            cvss_v2: z.object({ vectorString: z.string() }).nullish(),
            cvss_v3: z.object({ vectorString: z.string() }).nullish(),
            cvss_v4: z.object({ vectorString: z.string() }).nullish(),
          }),
        )
        .nullish(),
      threats: z.array(z.object({ category: z.string(), details: z.string().nullish(), product_ids: products })).nullish(),
    }),
  ),
});

/** A CSAF document as it came. */
export type Csaf = z.infer<typeof csafSchema>;
/** One vulnerability of it. */
export type CsafVulnerability = Csaf['vulnerabilities'][number];
