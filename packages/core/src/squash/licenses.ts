import type { PackageDraft } from '../catalog/types.ts';
import type { FileFindings } from '../layer/types.ts';

/** The licences of a package: its own word, else what another file says of the Debian package of its name. */
export function createLicenses(files: Iterable<FileFindings>): (draft: PackageDraft) => readonly string[] {
  const licenses = new Map<string, readonly string[]>();
  for (const { findings } of files) {
    for (const finding of findings) if (finding.kind === 'licenses') licenses.set(finding.package, finding.licenses);
  }
  return (draft) => (draft.type === 'deb' && draft.licenses.length === 0 ? (licenses.get(draft.name) ?? []) : draft.licenses);
}
