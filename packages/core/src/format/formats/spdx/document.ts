import type { Package, Report } from '@plimsoll/model';
import { dateOf } from '../../shared/dates.ts';
import { uuidOf } from '../../shared/uuid.ts';

const IMAGE = 'SPDXRef-Image';

/** A report's inventory as an SPDX document; vulnerabilities have no place in it. */
export function toDocument(report: Report, version: string): unknown {
  const { image, packages } = report.inventory;
  const ids = packages.map((_, position) => `SPDXRef-Package-${position + 1}`);
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: image.name,
    documentNamespace: `https://plimsoll.invalid/spdx/${uuidOf(image.digest)}`,
    creationInfo: { created: dateOf(report), creators: [`Tool: plimsoll-${version}`] },
    packages: [
      {
        SPDXID: IMAGE,
        name: image.name,
        versionInfo: image.digest,
        primaryPackagePurpose: 'CONTAINER',
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        copyrightText: 'NOASSERTION',
        checksums: [{ algorithm: image.digest.startsWith('sha512') ? 'SHA512' : 'SHA256', checksumValue: image.digest.split(':')[1] }],
      },
      ...packages.map((found, position) => toPackage(found, ids[position] as string)),
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: IMAGE },
      ...ids.map((id) => ({ spdxElementId: IMAGE, relationshipType: 'CONTAINS', relatedSpdxElement: id })),
      ...packages.flatMap(({ ownedBy }, position) => {
        const owner = packages.findIndex(({ id }) => id === ownedBy);
        return owner === -1 ? [] : [{ spdxElementId: ids[owner], relationshipType: 'CONTAINS', relatedSpdxElement: ids[position] }];
      }),
    ],
  };
}

function toPackage({ name, version, purl, licenses, evidence, origin }: Package, id: string) {
  return {
    SPDXID: id,
    name,
    versionInfo: version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    ...(licenses.length > 0 && { licenseComments: `declared by the package: ${licenses.join('; ')}` }),
    sourceInfo: [
      ...(origin ? [`built from ${origin.name} ${origin.version}`] : []),
      ...evidence.map(({ path, layer }) => `found in /${path} of layer ${layer}`),
    ].join('; '),
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  };
}
