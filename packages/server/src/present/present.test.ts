import { describe, expect, it } from 'vitest';
import { entityTag, matchesTag } from './etag.ts';
import { fileNameOf } from './file-name.ts';

describe('the name of an exported file', () => {
  it.each([
    ['a familiar reference', 'shop/api:2.4', 'json', 'shop-api-2.4.json'],
    ['a registry', 'registry.local:5000/shop/api:2.4', 'cdx.json', 'shop-api-2.4.cdx.json'],
    ['a digest', `shop/api:2@sha256:${'a'.repeat(64)}`, 'json', 'shop-api-2.json'],
    ['a path', '/home/me/../../image.tar', 'json', 'home-me-..-..-image.tar.json'],
    ['a header injection', 'x"\r\nSet-Cookie: a=b', 'json', 'x-Set-Cookie-a-b.json'],
    ['a script of another alphabet', 'образ', 'json', 'image.json'],
    ['nothing', '', 'json', 'image.json'],
    ['dots', '...', 'json', 'image.json'],
    ['no end', 'a'.repeat(10_000), 'json', `${'a'.repeat(100)}.json`],
    ['an extension that is none', 'a', '../sh', 'a.sh'],
  ])('from %s', (_, image, extension, name) => {
    expect(fileNameOf(image, extension)).toBe(name);
  });
});

describe('an entity tag', () => {
  it('differs with each part and with where parts end', () => {
    expect(new Set([entityTag('a', 'bc'), entityTag('ab', 'c'), entityTag('abc'), entityTag('a', 'bd')]).size).toBe(4);
  });

  it.each([
    ['the same', 'W/"a"', true],
    ['the same, strong', '"a"', true],
    ['one of a list', '"x", W/"a"', true],
    ['any', '*', true],
    ['another', 'W/"b"', false],
    ['none', undefined, false],
  ])('matches %s', (_, header, expected) => {
    expect(matchesTag(header, 'W/"a"')).toBe(expected);
  });
});
