import type { Distro } from '@plimsoll/model';
import { z } from 'zod';
import { checkCount } from '../../shared/limits.ts';
import { readPurl } from '../../shared/purl.ts';
import type { ListedPackage, SbomContent } from '../../types.ts';

const schema = z.object({
  artifacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string().nullish(),
      purl: z.string().nullish(),
      licenses: z.array(z.union([z.string(), z.object({ value: z.string().nullish() })])).nullish(),
      locations: z.array(z.object({ path: z.string() })).nullish(),
    }),
  ),
  artifactRelationships: z.array(z.object({ parent: z.string(), child: z.string(), type: z.string() })).nullish(),
  source: z.object({ name: z.string().nullish() }).nullish(),
  distro: z
    .object({
      id: z.string().nullish(),
      name: z.string().nullish(),
      prettyName: z.string().nullish(),
      versionID: z.string().nullish(),
      versionCodename: z.string().nullish(),
      idLike: z.array(z.string()).nullish(),
    })
    .nullish(),
});

/** Packages of a document: artifacts with a purl. https://github.com/anchore/syft/tree/main/schema/json */
export function readArtifacts(document: Readonly<Record<string, unknown>>): SbomContent {
  const { artifacts, artifactRelationships, source, distro: stated } = schema.parse(document);
  checkCount(artifacts.length);
  const owners = new Map(
    (artifactRelationships ?? []).flatMap(({ parent, child, type }) =>
      type === 'ownership-by-file-overlap' ? [[child, parent] as const] : [],
    ),
  );
  const packages: ListedPackage[] = [];
  let fromPurls: Distro | undefined;
  for (const { id, purl, licenses, locations } of artifacts) {
    const content = purl ? readPurl(purl) : undefined;
    if (!content) continue;
    fromPurls ??= content.distro;
    const ownedBy = owners.get(id);
    const path = locations?.[0]?.path.replace(/^\/+/, '');
    packages.push({
      ...content.found,
      ref: id,
      licenses: (licenses ?? []).flatMap((license) => (typeof license === 'string' ? license : (license.value ?? []))),
      ...(path && { path }),
      ...(ownedBy !== undefined && { ownedBy }),
    });
  }
  const id = stated?.id?.toLowerCase();
  const distro: Distro | undefined = id
    ? {
        id,
        name: stated?.prettyName || stated?.name || id,
        like: stated?.idLike ?? [],
        ...(stated?.versionID && { version: stated.versionID }),
        ...(stated?.versionCodename && { codename: stated.versionCodename }),
      }
    : fromPurls;
  const name = source?.name;
  return { packages, passedOver: artifacts.length - packages.length, ...(name && { name }), ...(distro && { distro }) };
}
