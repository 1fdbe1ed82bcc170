/**
 * A package's name as its ecosystem compares names, so that the name an advisory gives and the one an image gives are one key. Both sides ask here.
 * Python: https://packaging.python.org/en/latest/specifications/name-normalization/; crates.io takes `-` for `_`; Composer, NuGet and
 * Bitnami know no case, nor do the hosts of most Go modules. npm, Maven and RubyGems tell names apart by case.
 */
export function comparableName(ecosystem: string, name: string): string {
  switch (ecosystem) {
    case 'pypi':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'cargo':
      return name.toLowerCase().replaceAll('_', '-');
    case 'bitnami':
    case 'composer':
    case 'golang':
    case 'nuget':
      return name.toLowerCase();
    default:
      return name;
  }
}
