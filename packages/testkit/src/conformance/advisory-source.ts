import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AdvisoryRecord, type AdvisorySource, advisorySources, createContext, isAppError } from '@plimsoll/core';
import type { Diagnostic } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../zip.ts';

/** A document of a source, small and sound. */
export interface AdvisorySourceCase {
  /** As the feed names it. */
  readonly name: string;
  readonly text: string;
  /** How many records it holds. */
  readonly records: number;
  /** Whether the feed may also come as a zip of such documents. */
  readonly zip?: boolean;
  /** False for one that only says what it thinks of vulnerabilities. Default true. */
  readonly namesPackages?: boolean;
}

const encode = (text: string) => new TextEncoder().encode(text);

/** What is no document of any source. */
const others = ['', ' ', '{}', '[]', 'null', '3', '{"a":', '<!doctype html><title>Sign in</title>', '\u0000\u0001\u0002', '{"packages":3}'];

/** What every advisory source owes: its own layout and no other, each packing, and faults that are said. */
export function testAdvisorySource(
  source: AdvisorySource,
  { name, text, records, zip = false, namesPackages = true }: AdvisorySourceCase,
): void {
  describe(`${source.id}: as every advisory source`, () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-source-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    /** Its records, or the fault that ended it; nothing else may be thrown. */
    async function read(content: Uint8Array) {
      const file = path.join(folder, 'document');
      await writeFile(file, content);
      const diagnostics: Diagnostic[] = [];
      const found: AdvisoryRecord[] = [];
      try {
        const context = createContext({ offline: true, diagnose: (diagnostic) => diagnostics.push(diagnostic) });
        for await (const record of source.parse({ name, file }, context)) found.push(record);
        await source.dateOf?.({ name, file });
      } catch (error) {
        if (!isAppError(error)) throw error;
        return { found, diagnostics, fault: error.code };
      }
      return { found, diagnostics, fault: undefined };
    }

    it('says where its live documents are', () => {
      expect(source.addresses.length).toBeGreaterThan(0);
      for (const address of source.addresses) expect(new URL(address).protocol).toBe('https:');
      expect(new Set(source.addresses).size).toBe(source.addresses.length);
      expect(source.license).not.toBe('');
    });

    it('knows its own layout by its beginning, and no other source does', () => {
      const head = encode(text).subarray(0, 64 * 1024);
      expect(advisorySources.filter((candidate) => candidate.recognises(name, head)).map(({ id }) => id)).toEqual([source.id]);
      expect(others.filter((other) => source.recognises(name, encode(other)))).toEqual([]);
    });

    it('reads its document, plain and packed', async () => {
      const plain = await read(encode(text));
      expect(plain).toMatchObject({ diagnostics: [], fault: undefined });
      expect(plain.found).toHaveLength(records);
      expect(await read(gzipSync(text))).toEqual(plain);
      if (zip) expect((await read(zipOf({ [name]: text }))).found).toEqual(plain.found);
    });

    it('gives records that can be kept', async () => {
      for (const record of (await read(encode(text))).found) {
        if (record.kind === 'lifecycle') {
          expect(record.lifecycle).toMatchObject({
            product: expect.stringMatching(/./),
            ends: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
          });
          continue;
        }
        if (record.kind !== 'advisory') {
          expect(record.id).toMatch(/^CVE-\d{4}-\d+$/);
          continue;
        }
        const { id, references, affected, aliases } = record.advisory;
        expect(id).not.toBe('');
        expect(aliases).not.toContain(id);
        expect(references.filter((address) => !/^https?:\/\//.test(address))).toEqual([]);
        expect(affected.length > 0).toBe(namesPackages);
        for (const { ecosystem } of affected) expect(source.ecosystems).toContain(ecosystem.split(':')[0]);
      }
    });

    it.each([
      ['half of it', () => encode(text.slice(0, text.length / 2))],
      ['half of it, gzipped', () => gzipSync(text).subarray(0, 40)],
      ['deep nesting', () => encode(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
      ['other types in the same places', () => encode(text.replace(/:\s*"[^"]*"/g, ': {"no": [null]}').replace(/:\s*\[/g, ': [null, '))],
      ['no text', () => Uint8Array.from({ length: 5000 }, (_, position) => (position * 197) % 256)],
    ])('says what is wrong, or gives what is sound: %s', async (_name, make) => {
      const { found, diagnostics, fault } = await read(make());
      expect(found.length).toBeLessThanOrEqual(records);
      if (found.length === 0 && !name.endsWith('.csv')) expect(fault ?? diagnostics[0]?.code).toMatch(/^[A-Z_]+$/);
    });
  });
}
