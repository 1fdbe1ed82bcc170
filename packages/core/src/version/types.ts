/** Version schemes Plimsoll can order. */
export type SchemeId = 'apk' | 'composer' | 'deb' | 'gem' | 'generic' | 'go' | 'maven' | 'nuget' | 'pep440' | 'rpm' | 'semver';

/** How one ecosystem orders versions: a total order over all strings, so that broken versions sort the same each time. */
export interface VersionScheme {
  readonly id: SchemeId;
  /** Whether the ecosystem's own tools would take it. */
  valid(version: string): boolean;
  compare(a: string, b: string): -1 | 0 | 1;
}
