import type { SamplePackage } from './types.ts';

/** Reads rows `name version [source[@source version]]`, one a line. */
export function rows(text: string): readonly SamplePackage[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', version = '', origin] = line.split(/\s+/);
      return { name, version, ...(origin && { origin }) };
    });
}

/** Rows with those of the same name replaced by newer ones; new names are added. */
export function upgraded(packages: readonly SamplePackage[], newer: readonly SamplePackage[]): readonly SamplePackage[] {
  return [...new Map([...packages, ...newer].map((row) => [row.name, row])).values()];
}
