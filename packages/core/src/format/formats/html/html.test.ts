import type { Report } from '@plimsoll/model';
import { standardReports } from '@plimsoll/testkit';
import { testFormat } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { escapeHtml, markup } from './escape.ts';
import { html } from './index.ts';

const write = (report: Report) => [...html.encode(report, '1')].join('');

testFormat(html, (text) => {
  expect(text.startsWith('<!doctype html>')).toBe(true);
  expect(text.endsWith('</body></html>\n')).toBe(true);
  expect(text).not.toMatch(/<script|undefined|\[object/);
  for (const tag of ['table', 'tr', 'td', 'details', 'div', 'span', 'p', 'ul', 'li', 'a']) {
    const opened = text.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
    expect([tag, text.split(`</${tag}>`).length - 1]).toEqual([tag, opened]);
  }
});

describe('html', () => {
  it('names every package that has a vulnerability, and every match', () => {
    const { rich } = standardReports;
    const text = write(rich);
    for (const { id } of rich.matches) expect(text).toContain(`${id}</`);
  });

  it('says what is not covered', () => {
    expect(write(standardReports.empty)).toContain('Not covered: no advisories are loaded');
  });

  it.each(['"><script>alert(1)</script>', "' onmouseover='x", '</title><img src=x onerror=y>', '\u001b[2J\u202egnp'])(
    'lets nothing of an image through: %j',
    (name) => {
      const { small } = standardReports;
      const { inventory } = small;
      const image = { ...inventory.image, name, layers: inventory.image.layers.map((layer) => ({ ...layer, createdBy: name })) };
      const packages = inventory.packages.map((found) => ({ ...found, name, version: name, licenses: [name] }));
      const matches = small.matches.map((match) => ({ ...match, id: name, summary: name, fixedIn: name }));
      const text = write({ ...small, inventory: { ...inventory, image, packages }, matches });
      expect(text).not.toContain(name);
      for (const harm of ['<script', '<img', "onmouseover='", '\u001b', '\u202e']) expect(text).not.toContain(harm);
    },
  );

  it('escapes values and not markup', () => {
    expect(markup`<b>${'<i>'}</b>${[markup`<u>`, markup`${1}`]}${undefined}`.html).toBe('<b>&#60;i&#62;</b><u>1');
    expect(escapeHtml(`a&b"c'd\n`)).toBe('a&#38;b&#34;c&#39;d\n');
  });
});
