import type { Distro } from '@plimsoll/model';
import { z } from 'zod';
import { checkCount } from '../../shared/limits.ts';
import { readPurl } from '../../shared/purl.ts';
import type { ListedPackage, SbomContent } from '../../types.ts';

const schema = z.object({
  name: z.string().nullish(),
  packages: z
    .array(
      z.object({
        SPDXID: z.string(),
        name: z.string(),
        licenseConcluded: z.string().nullish(),
        licenseDeclared: z.string().nullish(),
        licenseComments: z.string().nullish(),
        sourceInfo: z.string().nullish(),
        externalRefs: z.array(z.object({ referenceType: z.string(), referenceLocator: z.string() })).nullish(),
      }),
    )
    .nullish(),
  relationships: z.array(z.object({ spdxElementId: z.string(), relationshipType: z.string(), relatedSpdxElement: z.string() })).nullish(),
});
type Listed = NonNullable<z.infer<typeof schema>['packages']>[number];

/** What the format writes where nothing is known. */
const NOTHING = new Set(['NOASSERTION', 'NONE', '']);

/** Packages of a document: those with a purl among their external references. A package that contains another owns it. */
export function readDocument(document: Readonly<Record<string, unknown>>): SbomContent {
  const { name, packages = [], relationships = [] } = schema.parse(document);
  checkCount(packages?.length ?? 0);
  const listed: ListedPackage[] = [];
  let distro: Distro | undefined;
  let passedOver = 0;
  for (const found of packages ?? []) {
    const locator = found.externalRefs?.find(({ referenceType }) => referenceType === 'purl')?.referenceLocator;
    const content = locator === undefined ? undefined : readPurl(locator);
    if (content) {
      distro ??= content.distro;
      listed.push({ ...content.found, ref: found.SPDXID, licenses: licensesOf(found), ...placeOf(found) });
    } else if (locator !== undefined) passedOver += 1;
  }
  const refs = new Set(listed.map(({ ref }) => ref));
  const owners = new Map(
    (relationships ?? []).flatMap(({ spdxElementId, relationshipType, relatedSpdxElement }) =>
      relationshipType === 'CONTAINS' && refs.has(spdxElementId) ? [[relatedSpdxElement, spdxElementId] as const] : [],
    ),
  );
  return {
    packages: listed.map((found) => {
      const ownedBy = owners.get(found.ref);
      return ownedBy === undefined ? found : { ...found, ownedBy };
    }),
    passedOver,
    ...(name && { name }),
    ...(distro && { distro }),
  };
}

function licensesOf({ licenseConcluded, licenseDeclared, licenseComments }: Listed): readonly string[] {
  const stated = [licenseDeclared, licenseConcluded].find((text) => text && !NOTHING.has(text));
  if (stated) return [stated];
  return /^declared by the package: (.+)$/.exec(licenseComments ?? '')?.[1]?.split('; ') ?? [];
}

/** `found in /app/package.json of layer 3`; `acquired package info from ...: /lib/apk/db/installed`. */
function placeOf({ sourceInfo }: Listed): { readonly path?: string } {
  const path = /(?:found in|:) \/([^;\n]{1,1000}?)(?: of layer \d+)?(?:;|, |$)/.exec(sourceInfo ?? '')?.[1];
  return path === undefined ? {} : { path };
}
