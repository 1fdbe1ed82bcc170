import type { Csaf } from './schema.ts';

/** A package in a release, as a product id of a document names it. */
export interface Component {
  /** `rhel:9`. */
  readonly ecosystem: string;
  readonly name: string;
  /** It is the source package: what is not fixed yet is often named by that alone. */
  readonly source: boolean;
  /** `epoch:version-release`; absent where nothing is fixed. */
  readonly version?: string;
  readonly architecture?: string;
  /** `nodejs:18`. */
  readonly module?: string;
}

interface Product {
  readonly cpe?: string;
  readonly purl?: string;
}

const MAX_DEPTH = 32;
const MAX_PRODUCTS = 1_000_000;

/**
 * Tells what a product id means. Undefined where it is of no main release of Enterprise Linux (extended streams, layered products), or no RPM.
 * Products are named by relations: this package as a component of that repository, sometimes by way of a module.
 */
export function createProducts(tree: Csaf['product_tree']): (id: string) => Component | undefined {
  const products = new Map<string, Product>();
  collectProducts(tree?.branches, products, 0);
  const relations = new Map(
    (tree?.relationships ?? []).map((relation) => [
      relation.full_product_name.product_id,
      { part: relation.product_reference, whole: relation.relates_to_product_reference },
    ]),
  );
  return (id) => {
    const parts: string[] = [];
    let whole = id;
    for (let relation = relations.get(whole); relation && parts.length < MAX_DEPTH; relation = relations.get(whole)) {
      parts.push(relation.part);
      whole = relation.whole;
    }
    const ecosystem = ecosystemOf(products.get(whole)?.cpe);
    const [part, ...modules] = parts.map((name) => products.get(name)?.purl);
    const component = ecosystem !== undefined && part !== undefined ? toComponent(part, ecosystem) : undefined;
    if (!component || component.module !== undefined) return component;
    const module = modules.map(moduleOfPurl).find((found) => found !== undefined);
    return module === undefined ? component : { ...component, module };
  };
}

function collectProducts(branches: unknown, products: Map<string, Product>, depth: number): void {
  if (!Array.isArray(branches) || depth > MAX_DEPTH) return;
  for (const branch of branches) {
    const { product, branches: inner } = (branch ?? {}) as { readonly product?: unknown; readonly branches?: unknown };
    const { product_id: id, product_identification_helper: helper } = (product ?? {}) as Readonly<Record<string, unknown>>;
    const { cpe, purl } = (helper ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof id === 'string' && products.size < MAX_PRODUCTS) {
      products.set(id, { ...(typeof cpe === 'string' && { cpe }), ...(typeof purl === 'string' && { purl }) });
    }
    collectProducts(inner, products, depth + 1);
  }
}

/** `cpe:/o:redhat:enterprise_linux:9::baseos`, `cpe:/a:redhat:enterprise_linux:8`; not `rhel_eus:9.2`, whose packages get other fixes. */
function ecosystemOf(cpe: string | undefined): string | undefined {
  const major = /^cpe:\/[oa]:redhat:enterprise_linux:(\d{1,3})(?:\.\d{1,3})?(?::|$)/.exec(cpe ?? '')?.[1];
  return major && `rhel:${major}`;
}

/** `pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=x86_64&epoch=1&rpmmod=ruby:3.1:809:a751`, `pkg:rpm/redhat/pam?arch=src`. */
function toComponent(purl: string, ecosystem: string): Component | undefined {
  const [, path = '', version, query] = /^pkg:rpm\/redhat\/([^@?#]{1,300})(?:@([^?#]{1,300}))?(?:\?([^#]{0,1000}))?$/.exec(purl) ?? [];
  if (path === '') return undefined;
  const qualifiers = new URLSearchParams(query ?? '');
  const architecture = qualifiers.get('arch') ?? undefined;
  // What is not fixed in a module is written `nodejs:18/nodejs`.
  const [, inside, plain = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(decode(path)) ?? [];
  // Symbols for debuggers are built with every package, and run nowhere.
  if (/-debug(?:info|source)$/.test(plain)) return undefined;
  const module = streamOf(qualifiers.get('rpmmod') ?? inside ?? '');
  const epoch = qualifiers.get('epoch');
  return {
    ecosystem,
    name: plain,
    source: architecture === 'src',
    ...(version !== undefined && { version: `${epoch && epoch !== '0' ? `${epoch}:` : ''}${decode(version)}` }),
    ...(architecture !== undefined && architecture !== 'src' && { architecture }),
    ...(module !== undefined && { module }),
  };
}

/** `pkg:rpmmod/redhat/nodejs@18:8060020230324124021:ad008a3a`. */
function moduleOfPurl(purl: string | undefined): string | undefined {
  const [, name, stream] = /^pkg:rpmmod\/redhat\/([^@?#/]{1,200})@([^?#]{1,200})/.exec(purl ?? '') ?? [];
  return name === undefined || stream === undefined ? undefined : streamOf(`${name}:${decode(stream)}`);
}

function streamOf(text: string): string | undefined {
  const [name, stream] = text.split(':');
  return name && stream ? `${name}:${stream}` : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
