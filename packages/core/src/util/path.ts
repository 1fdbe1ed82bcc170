/**
 * A path of a tar or link as the image's root sees it: no leading slash, no empty, `.` or `..` parts; what would leave the root stays
 * at the root, as it does for a container. Never used on this machine's disk.
 */
export function normalisePath(path: string): string {
  if (isNormal(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Where a symlink at `path` points, seen from the root. */
export function resolveLink(path: string, target: string): string {
  return normalisePath(target.startsWith('/') ? target : `${directoryOf(path)}/${target}`);
}

/** Everything before the last slash; empty at the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** Everything after the last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isNormal(path: string): boolean {
  if (path.startsWith('/') || path.startsWith('.') || path.endsWith('/')) return false;
  return !path.includes('//') && !path.includes('/.');
}
