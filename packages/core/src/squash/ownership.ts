import type { FileFindings } from '../layer/types.ts';

/** Finds the OS package that owns a path: its name, or `name:architecture`. */
export function createOwnership(files: Iterable<FileFindings>): (path: string) => string | undefined {
  const owners = new Map<string, string>();
  for (const { findings } of files) {
    for (const finding of findings) {
      if (finding.kind === 'owns') for (const path of finding.paths) owners.set(path, finding.package);
    }
  }
  // On a merged /usr a package's list may say /lib/x of what lies in /usr/lib/x: https://wiki.debian.org/UsrMerge
  return (path) => owners.get(path) ?? (path.startsWith('usr/') ? owners.get(path.slice('usr/'.length)) : owners.get(`usr/${path}`));
}
