import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../util/errors.ts';
import { childOf, childrenOf, descendantsOf, type XmlElement, xmlElements } from './xml.ts';

async function read(text: string, names: readonly string[] = ['item'], size = text.length || 1): Promise<readonly XmlElement[]> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: XmlElement[] = [];
  for await (const element of xmlElements(chunks(), new Set(names))) found.push(element);
  return found;
}

const sample = `<?xml version="1.0"?><!-- a > b --><x:list xmlns:x="urn:x">
  <x:item x:id='1 > 0' note="a&amp;b"><name>é &lt;&#233;&#x1F600;&unknown;</name><![CDATA[<raw> & ]]><empty/></x:item>
  <item id="2"><item id="3"/></item>
</x:list>`;

describe('xmlElements', () => {
  it.each([1, 2, 3, 7, 64, 10_000])('reads elements in pieces of %i bytes', async (size) => {
    const [first, second, ...rest] = await read(sample, ['item'], size);
    expect(rest).toEqual([]);
    expect([...(first?.attributes ?? [])]).toEqual([
      ['id', '1 > 0'],
      ['note', 'a&b'],
    ]);
    expect(first?.text).toBe('<raw> &');
    expect(first?.children.map(({ name, text }) => [name, text])).toEqual([
      ['name', 'é <é😀&unknown;'],
      ['empty', ''],
    ]);
    expect(second && [...descendantsOf(second, 'item')].map(({ attributes }) => attributes.get('id'))).toEqual(['3']);
  });

  it('finds children by name', async () => {
    const [item] = await read('<item><a>1</a><b/><a>2</a></item>');
    expect(childrenOf(item, 'a').map(({ text }) => text)).toEqual(['1', '2']);
    expect(childOf(item, 'c')).toBeUndefined();
    expect(childrenOf(undefined, 'a')).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['text alone', 'hello'],
    ['an end that is missing', '<a><item>'],
    ['an end that is another', '<a></b>'],
    ['an end too many', '<a/></a>'],
    ['a tag that does not end', '<a><item id="1"'],
    ['an attribute without a value', '<a b= ></a>'],
    ['a tag without a name', '< a/>'],
    ['a document type', '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>'],
    ['a text after the end', '<a/>more <'],
  ])('refuses %s', async (_name, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'ADVISORY_UNREADABLE' });
  });

  it.each([
    ['deep', () => '<a>'.repeat(100)],
    ['a tag without end', () => `<item id="${'a'.repeat(5_000_000)}`],
    ['a text without end', () => `<item>${'a'.repeat(5_000_000)}`],
    ['of too many elements', () => `<item>${'<a/>'.repeat(500_001)}`],
  ])('stops where it is %s', async (_name, make) => {
    await expect(read(make(), ['item'], 65_536)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('takes time in proportion to what it reads', async () => {
    const started = performance.now();
    await read(`<a>${`<item ${'a'.repeat(100_000)}/>`.repeat(20)}</a>`, ['item'], 65_536).catch(() => []);
    await read(`<a>${'<item b="\'">&amp;&#1;</item>'.repeat(50_000)}</a>`, ['item'], 65_536);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('ends whatever it reads, in a way that is known, and alike in any pieces', async () => {
    const outcome = async (text: string, size: number) => {
      try {
        return JSON.stringify((await read(text, ['item'], size)).map(({ name, text: inner, children }) => [name, inner, children.length]));
      } catch (error) {
        if (!isAppError(error)) throw error;
        return error.code;
      }
    };
    const damage = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.constantFrom('<', '>', '"', '&', '/', '!', '-', ']', '=', ' ', 'a')), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: 50 }), async (changes, size) => {
        const letters = [...sample];
        for (const [at, letter] of changes) letters[at] = letter;
        expect(await outcome(letters.join(''), size)).toBe(await outcome(letters.join(''), 10_000));
      }),
      { numRuns: 300 },
    );
  });
});
