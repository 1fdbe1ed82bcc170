/** A product id and what it is: a repository's CPE or a package's purl. */
export interface ProductSpec {
  readonly id: string;
  readonly cpe?: string;
  readonly purl?: string;
}

/** What a document is to hold besides its frame. */
export interface CsafSpec {
  readonly category?: string;
  readonly aggregate?: string;
  readonly products?: readonly ProductSpec[];
  /** `[part, whole]`; the id of the two together is `whole:part`. */
  readonly relations?: readonly (readonly [string, string])[];
  readonly vulnerabilities: readonly object[];
}

/** The main release 9, and an extended stream of it. */
const repositories: readonly ProductSpec[] = [
  { id: 'BaseOS-9', cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' },
  { id: 'AppStream-9', cpe: 'cpe:/a:redhat:enterprise_linux:9::appstream' },
  { id: 'red_hat_enterprise_linux_9', cpe: 'cpe:/o:redhat:enterprise_linux:9' },
  { id: 'BaseOS-9.2.EUS', cpe: 'cpe:/o:redhat:rhel_eus:9.2::baseos' },
];

/** A document in the layout of the feed. */
export function csafOf({
  category = 'csaf_vex',
  aggregate = 'Moderate',
  products = [],
  relations = [],
  vulnerabilities,
}: CsafSpec): object {
  const toBranch = ({ id, cpe, purl }: ProductSpec) => ({
    category: 'product_version',
    name: id,
    product: { name: id, product_id: id, product_identification_helper: { ...(cpe && { cpe }), ...(purl && { purl }) } },
  });
  return {
    document: {
      aggregate_severity: { namespace: 'https://access.redhat.com/security/updates/classification/', text: aggregate },
      category,
      csaf_version: '2.0',
      publisher: { category: 'vendor', name: 'Red Hat Product Security', namespace: 'https://www.redhat.com' },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Red Hat',
          branches: [...repositories.map(toBranch), { category: 'architecture', name: 'x86_64', branches: products.map(toBranch) }],
        },
      ],
      relationships: relations.map(([part, whole]) => ({
        category: 'default_component_of',
        full_product_name: { name: `${part} as a component of ${whole}`, product_id: `${whole}:${part}` },
        product_reference: part,
        relates_to_product_reference: whole,
      })),
    },
    vulnerabilities,
  };
}
