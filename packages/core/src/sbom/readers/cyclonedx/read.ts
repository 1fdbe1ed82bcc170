import type { Distro } from '@plimsoll/model';
import { z } from 'zod';
import { checkCount } from '../../shared/limits.ts';
import { readPurl } from '../../shared/purl.ts';
import type { ListedPackage, SbomContent } from '../../types.ts';

const licenseSchema = z.object({
  expression: z.string().optional(),
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
});

const componentSchema = z.object({
  type: z.string().optional(),
  'bom-ref': z.string().optional(),
  name: z.string().default(''),
  version: z.string().nullish(),
  description: z.string().nullish(),
  purl: z.string().nullish(),
  licenses: z.array(licenseSchema).nullish(),
  evidence: z.object({ occurrences: z.array(z.object({ location: z.string() })).nullish() }).nullish(),
  properties: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })).nullish(),
  components: z.array(z.unknown()).nullish(),
});
type Component = z.infer<typeof componentSchema>;

const bomSchema = z.object({
  metadata: z.object({ component: componentSchema.partial().nullish() }).nullish(),
  components: z.array(z.unknown()).nullish(),
});

/** Components in components that deep. */
const MAX_DEPTH = 20;

/** Packages of a document: components with a purl, nested ones too; its component of type `operating-system` names the distribution. */
export function readBom(document: Readonly<Record<string, unknown>>): SbomContent {
  const bom = bomSchema.parse(document);
  const packages: ListedPackage[] = [];
  let named: Distro | undefined;
  let fromPurls: Distro | undefined;
  let passedOver = 0;
  walk(bom.components ?? [], 0);
  const distro = named && fromPurls && named.id === fromPurls.id ? { ...fromPurls, ...named } : (named ?? fromPurls);
  const name = bom.metadata?.component?.name;
  return { packages, passedOver, ...(name && { name }), ...(distro && { distro }) };

  function walk(components: readonly unknown[], depth: number): void {
    if (depth > MAX_DEPTH) throw new Error(`its components are nested more than ${MAX_DEPTH} deep`);
    for (const raw of components) {
      const component = componentSchema.parse(raw);
      if (component.type === 'operating-system') named ??= toDistro(component);
      else if (component.purl) {
        const content = readPurl(component.purl);
        fromPurls ??= content?.distro;
        if (content) packages.push(toPackage(component, content.found));
        else passedOver += 1;
      } else if (component.type === 'library') passedOver += 1;
      checkCount(packages.length);
      if (component.components) walk(component.components, depth + 1);
    }
  }
}

function toDistro({ name, version, description }: Component): Distro {
  return { id: name.toLowerCase(), name: description || [name, version].filter(Boolean).join(' '), like: [], ...(version && { version }) };
}

function toPackage(component: Component, found: Omit<ListedPackage, 'ref' | 'licenses'>): ListedPackage {
  const path = component.evidence?.occurrences?.[0]?.location ?? propertyOf(component, 'syft:location:0:path');
  const ownedBy = propertyOf(component, 'plimsoll:ownedBy');
  const origin = propertyOf(component, 'plimsoll:origin');
  const at = origin?.lastIndexOf('@') ?? -1;
  return {
    ...found,
    ref: component['bom-ref'] ?? component.purl ?? '',
    licenses: (component.licenses ?? []).flatMap(({ expression, license }) => expression ?? license?.id ?? license?.name ?? []),
    ...(origin && at > 0 && { origin: { name: origin.slice(0, at), version: origin.slice(at + 1) } }),
    ...(path && { path: path.replace(/^\/+/, '') }),
    ...(ownedBy && { ownedBy }),
  };
}

function propertyOf({ properties }: Component, name: string): string | undefined {
  return properties?.find((property) => property.name === name)?.value ?? undefined;
}
