import { describe, expect, it } from 'vitest';
import { ageText, bytesText, clip, flow, printable, printableLines, WIDTH, widthOf, wrap } from './text.ts';

describe('printable', () => {
  it.each([
    ['an escape that colours', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['an escape of one character', 'a\u009b31mb', 'a\ufffd31mb'],
    ['a bell and a backspace', 'a\u0007\b', 'a\ufffd\ufffd'],
    ['a mark that turns the line around', 'a\u202eb', 'a\ufffdb'],
    ['a carriage return that would overwrite', 'safe\rgone', 'safe\ufffdgone'],
    ['half a character', 'a\ud83d', 'a\ufffd'],
    ['line breaks', 'a\nb\tc\u2028d', 'a b c\ufffdd'],
    ['letters of any script', 'größe 日本語 😀', 'größe 日本語 😀'],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('keeps the lines of a document', () => {
    expect(printableLines('a\r\nb\u001b\n')).toBe('a\nb\ufffd\n');
  });
});

describe('clip', () => {
  it.each([
    ['short enough', 'abc', 3, 'abc'],
    ['too long', 'abcd', 3, 'ab…'],
    ['a character of two units is not halved', 'a😀😀b', 3, 'a😀…'],
  ])('%s', (_, text, width, expected) => {
    expect(clip(text, width)).toBe(expected);
  });
});

describe('wrap', () => {
  it('breaks prose before the width, colours not counted', () => {
    const lines = wrap('word '.repeat(60).trim(), { first: '\u001b[31m+\u001b[39m ', indent: '  ' });
    expect(lines.length).toBe(4);
    expect(lines.every((line) => widthOf(line) <= WIDTH)).toBe(true);
    expect(lines.map((line) => line.trim()).join(' ')).toContain('word word word');
    expect(lines.join('').match(/word/g)).toHaveLength(60);
  });

  it('leaves a word whole that no line can hold', () => {
    expect(wrap(`see ${'x'.repeat(100)} there`, { first: '', indent: '  ' })).toEqual(['see', `  ${'x'.repeat(100)}`, '  there']);
  });

  it('sets pieces with a gap', () => {
    expect(flow(['a', 'b'], { first: '> ', indent: '  ', gap: ' · ' })).toEqual(['> a · b']);
  });
});

describe('bytesText', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [74_800_000, '74.8 MB'],
    [213_000_000, '213 MB'],
    [5_300_000_000, '5.3 GB'],
  ])('%d', (bytes, expected) => {
    expect(bytesText(bytes)).toBe(expected);
  });
});

describe('ageText', () => {
  it.each([
    ['2026-01-31T23:59:30Z', 'just now'],
    ['2026-01-31T23:58:00Z', '2 minutes ago'],
    ['2026-01-31T23:00:00Z', '1 hour ago'],
    ['2026-01-01T00:00:00Z', '31 days ago'],
    ['2025-06-01T00:00:00Z', '8 months ago'],
    ['2020-01-01T00:00:00Z', '6 years ago'],
    ['2027-01-01T00:00:00Z', 'just now'],
    [undefined, 'at an unknown time'],
    ['yesterday', 'at an unknown time'],
  ])('%s', (date, expected) => {
    expect(ageText(date, new Date('2026-02-01T00:00:00Z'))).toBe(expected);
  });
});
