import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What a cataloger says of a file, as far as every cataloger owes it. */
interface Finding {
  readonly kind: string;
}
interface Draft {
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly string[];
}

/** The contract of a cataloger, as the driver sees it: of whole files or of files that pass. */
interface Declared {
  readonly id: string;
  readonly types: readonly string[];
  readonly version: number;
  claims(path: string, file: Candidate): boolean;
}
interface Candidate {
  readonly path: string;
  readonly kind: 'file';
  readonly size: number;
  readonly executable?: true;
}
type Cataloger =
  | (Declared & { readonly maxBytes: number; catalog(file: { readonly path: string; readonly bytes: Uint8Array }): Iterable<Finding> })
  | (Declared & { scan(file: Candidate): { push(chunk: Uint8Array): boolean; end(): Iterable<Finding> } });

/** Files of an ecosystem, told by a person. */
export interface CatalogerCase<Found extends Draft> {
  /** Files that are claimed, in which at least one finding is. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array | string }[];
  /** Paths that are left alone, though they look alike. */
  readonly others: readonly string[];
  /** Writes the purl of a package; throws where there is none. */
  purlOf(draft: Found, distro: undefined): string;
}

/** No fault that a single file brings may take longer, mutated as it may be. */
const MAX_MS = 2000;

const pieces = [
  '',
  '\0',
  '\n',
  '"',
  '{',
  '[',
  ']',
  '}',
  ':',
  ',',
  '\\ud800',
  '\\u0000',
  '../',
  '%',
  '@',
  ' ',
  '-1',
  '1e999',
  '\r\n',
  '\u001b[31m',
];

/** What every cataloger owes: a declaration, claims by comparison alone, and of any bytes findings that can be used, or a plain error, soon. */
export function testCataloger<Found extends Draft>(cataloger: Cataloger, { files, others, purlOf }: CatalogerCase<Found>): void {
  const bytesOf = (bytes: Uint8Array | string) => (typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes));
  const claims = (path: string) => cataloger.claims(path, { path, kind: 'file', size: 1000, executable: true });
  const read = (path: string, bytes: Uint8Array): readonly Finding[] => {
    if ('catalog' in cataloger) return [...cataloger.catalog({ path, bytes })];
    const scan = cataloger.scan({ path, kind: 'file', size: bytes.length, executable: true });
    scan.push(bytes);
    return [...scan.end()];
  };

  /** Every finding can be used: written as JSON and read again it is the same, and a package has a purl. */
  function check(findings: readonly Finding[]): void {
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
    for (const finding of findings) {
      if (finding.kind !== 'package') continue;
      const { draft } = finding as Finding & { readonly draft: Found };
      expect(`${draft.name.trim()}|${draft.version.trim()}`).toBe(`${draft.name}|${draft.version}`);
      expect(cataloger.types).toContain(draft.type);
      expect(draft.name).not.toBe('');
      expect(draft.version).not.toBe('');
      expect(draft.licenses.every((license) => typeof license === 'string' && license !== '')).toBe(true);
      expect(purlOf(draft, undefined)).toMatch(/^pkg:[a-z]+\/\S+$/);
    }
  }

  /** Of bytes that nobody wrote: findings that can be used, or a plain error; soon. */
  function survive(path: string, bytes: Uint8Array): void {
    const start = performance.now();
    let findings: readonly Finding[] = [];
    try {
      findings = read(path, bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).not.toBe('');
    }
    expect(performance.now() - start).toBeLessThan(MAX_MS);
    check(findings);
  }

  describe(`${cataloger.id}: as every cataloger`, () => {
    it('declares itself', () => {
      expect(cataloger.id).toMatch(/^[a-z][a-z-]*$/);
      expect(Number.isInteger(cataloger.version) && cataloger.version >= 1).toBe(true);
      if ('catalog' in cataloger) expect(cataloger.maxBytes).toBeGreaterThan(0);
    });

    it('claims its files and no others, soon', () => {
      expect(files.map(({ path }) => path).filter((path) => !claims(path))).toEqual([]);
      expect(others.filter(claims)).toEqual([]);
      const long = files.flatMap(({ path }) => [`${'a/'.repeat(2000)}${path}`, `${path}${'/a'.repeat(2000)}`, path.repeat(50), '/', '']);
      const start = performance.now();
      for (let round = 0; round < 500; round += 1) for (const path of long) claims(path);
      expect(performance.now() - start).toBeLessThan(files.length * MAX_MS);
    });

    it('finds something in each file, the same each time', () => {
      for (const { path, bytes } of files) {
        const found = read(path, bytesOf(bytes));
        expect({ path, found: found.length > 0 }).toEqual({ path, found: true });
        expect(read(path, bytesOf(bytes))).toEqual(found);
        check(found);
      }
    });

    it('survives what is cut off', () => {
      for (const { path, bytes: whole } of files) {
        const bytes = bytesOf(whole);
        const step = Math.max(1, Math.floor(bytes.length / 200));
        for (let end = 0; end < bytes.length; end += step) survive(path, bytes.subarray(0, end));
      }
    });

    it('survives what was changed', () => {
      const change = fc.record({
        at: fc.nat(),
        removed: fc.integer({ min: 0, max: 8 }),
        added: fc.oneof(
          fc.constantFrom(...pieces).map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 4 }).map((raw) => Buffer.from(raw)),
        ),
      });
      fc.assert(
        fc.property(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 12 }), ({ path, bytes: whole }, changes) => {
          let bytes = bytesOf(whole);
          for (const { at, removed, added } of changes) {
            const place = bytes.length === 0 ? 0 : at % bytes.length;
            bytes = Buffer.concat([bytes.subarray(0, place), added, bytes.subarray(place + removed)]);
          }
          survive(path, bytes);
        }),
        { numRuns: 300 },
      );
    });

    it('survives anything', () => {
      const { path } = files[0] ?? { path: '' };
      for (const text of [
        'null',
        '[]',
        '{}',
        '""',
        '0',
        '['.repeat(100_000),
        '{"a":'.repeat(100_000),
        '\n'.repeat(100_000),
        ':\n'.repeat(50_000),
      ]) {
        survive(path, Buffer.from(text));
      }
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => survive(path, bytes)),
        { numRuns: 100 },
      );
    });
  });
}
