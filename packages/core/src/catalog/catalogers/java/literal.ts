const MAX_LENGTH = 200;
const NO_VERSIONS: ReadonlySet<string> = new Set(['unspecified', 'unknown', 'undefined', 'none', 'null']);

/** A name as Maven allows it; undefined where it is a placeholder (`${project.groupId}`, `%name`) or prose. */
export function literal(text: string | undefined): string | undefined {
  const value = text?.trim();
  return value !== undefined && value.length <= MAX_LENGTH && /^[A-Za-z0-9_.-]+$/.test(value) ? value : undefined;
}

/** A version, without what may follow it: `"1.2.3" (build 5)` is 1.2.3. Undefined where it is a placeholder. */
export function versionIn(text: string | undefined): string | undefined {
  const value = text
    ?.slice(0, MAX_LENGTH)
    .trim()
    .split(/[\s(,;]/, 1)[0]
    ?.replaceAll('"', '');
  if (value === undefined || NO_VERSIONS.has(value.toLowerCase())) return undefined;
  return /^[A-Za-z0-9][A-Za-z0-9_.+~-]*$/.test(value) && /[0-9]/.test(value) ? value : undefined;
}

/** `group:artifact`. Without a group the artifact alone: that can be read, and matches no advisory by mistake. */
export function nameOf({ group, artifact }: { readonly group?: string | undefined; readonly artifact: string }): string {
  return group === undefined ? artifact : `${group}:${artifact}`;
}
