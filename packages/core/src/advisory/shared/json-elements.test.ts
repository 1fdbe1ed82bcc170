import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonElements } from './json-elements.ts';

const bounds = { limit: 1000, what: 'the feed' };
async function read(text: string, chunk = 7, limit = bounds.limit): Promise<readonly unknown[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const found: unknown[] = [];
  for await (const element of jsonElements(chunks(), 'items', { ...bounds, limit }))
    found.push(JSON.parse(Buffer.from(element).toString()));
  return found;
}

describe('jsonElements', () => {
  it.each([
    ['some', '{"n": 2, "items": [{"a": "}]\\\\\\""}, {"b": [[{}]]}], "more": 1}', [{ a: '}]\\"' }, { b: [[{}]] }]],
    ['none', '{"items": []}', []],
    ['an array of the same name elsewhere', '{"x": {"items": [{"a": 1}]}, "items": [{"b": 1}]}', [{ b: 1 }]],
    ['another array', '{"others": [{"a": 1}], "items": [{"b": 1}]}', [{ b: 1 }]],
    ['a text of that name', '{"x": "items", "y": [{"a": 1}], "items": [{"b": 1}]}', [{ b: 1 }]],
  ])('gives the objects of the array: %s', async (_name, text, expected) => {
    for (const chunk of [1, 7, 1000]) expect(await read(text, chunk)).toEqual(expected);
  });

  it.each([
    ['nothing', '', 'ADVISORY_UNREADABLE'],
    ['another document', '{"vulnerabilities": []}', 'ADVISORY_UNREADABLE'],
    ['one that is cut off in an element', '{"items": [{"a": 1}, {"b', 'ADVISORY_UNREADABLE'],
    ['one that is cut off between elements', '{"items": [{"a": 1},', 'ADVISORY_UNREADABLE'],
    ['a large element', `{"items": [{"a": "${'x'.repeat(2000)}"}]}`, 'LIMIT_EXCEEDED'],
  ])('refuses %s', async (_name, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });

  it('gives what any JSON holds, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.integer({ min: 1, max: 50 }), async (items, chunk) => {
        expect(await read(JSON.stringify({ a: { items: 3 }, items, z: [] }), chunk, 1e6)).toEqual(JSON.parse(JSON.stringify(items)));
      }),
      { numRuns: 200 },
    );
  });
});
