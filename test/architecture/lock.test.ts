import { describe, expect, it } from 'vitest';
import { readSource } from './sources.ts';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readSource('package-lock.json').text) as { readonly packages: Readonly<Record<string, LockedPackage>> };

describe('package-lock.json', () => {
  // A registry that lacks a platform's package makes npm leave it out when it writes the file, and `npm ci` then refuses the file.
  it('names the optional packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(place, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no place that packages come from', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.includes('://'))).toEqual([]);
  });
});

/** Whether a package is there for one that lies at `place`: below it, or below any folder above. */
function isLocked(place: string, name: string): boolean {
  const parts = place.split('/node_modules/');
  const folders = ['', ...parts.map((_, position) => `${parts.slice(0, position + 1).join('/node_modules/')}/`)];
  return folders.some((folder) => packages[`${folder}node_modules/${name}`] !== undefined);
}
