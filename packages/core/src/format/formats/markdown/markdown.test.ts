import type { Report } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { markdown } from './index.ts';

const write = (report: Report) => [...markdown.encode(report, '1')].join('');

testFormat(markdown, (text) => {
  expect(text.startsWith('## ')).toBe(true);
});

describe('markdown', () => {
  it('says what is not covered', () => {
    expect(write(standardReports.empty)).toContain('> Not covered: no advisories are loaded');
  });

  it('lets no markup of an image through', () => {
    const { small } = standardReports;
    const name = 'x](javascript:alert(1)) <img src=x> | `y`';
    const text = write({
      ...small,
      inventory: { ...small.inventory, packages: small.inventory.packages.map((found) => ({ ...found, name })) },
    });
    expect(text).toContain('x\\](javascript:alert(1)) \\<img src=x\\> \\| \\`y\\`');
  });

  it('calls nobody by the scope of a package, and steers no terminal', () => {
    const text = write(standardReports.rich);
    expect(text).toContain('| @<!-- -->shop/cart |');
    expect(text).not.toMatch(/@shop/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
