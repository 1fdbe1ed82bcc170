import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeFolder } from '@plimsoll/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { pageFolder, serveFixture } from './serve.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the content security policy in a real browser', () => {
  it('runs own scripts and styles with the nonce, and nothing written into the page', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-policy-'));
    await writeFolder(folder, [
      {
        path: 'index.html',
        content: `<!doctype html><html><head><script type="module" src="/assets/own.js"></script></head>
          <body><script>document.body.dataset.inline = 'ran'</script><p id="nonce">a</p><p id="plain">b</p>
          <img src="x" onerror="document.body.dataset.handler = 'ran'"></body></html>`,
      },
      {
        path: 'assets/own.js',
        content: `const { nonce } = document.querySelector('meta[property="csp-nonce"]');
          const add = (text, nonce) => { const style = document.createElement('style'); if (nonce) style.nonce = nonce; style.textContent = text; document.head.prepend(style); };
          add('#nonce { color: rgb(1, 2, 3) }', nonce);
          add('#plain { color: rgb(1, 2, 3) }');
          document.body.dataset.own = 'ran';
          try { eval('document.body.dataset.eval = "ran"') } catch {}
          fetch('https://example.invalid/').catch(() => {}).finally(() => { document.body.dataset.done = 'yes' });`,
      },
    ]);
    await using served = await serveFixture({ empty: true, webDir: folder });
    const page = await browser.newPage();
    const violations: string[] = [];
    page.on('console', (message) => violations.push(message.text()));
    await page.goto(`${served.address}/images/anything?layers=1`);
    await page.waitForSelector('[data-done=yes]', { state: 'attached' });
    const seen = await page.evaluate(() => ({
      ...document.body.dataset,
      nonce: getComputedStyle(document.querySelector('#nonce') as Element).color,
      plain: getComputedStyle(document.querySelector('#plain') as Element).color,
    }));
    await page.close();
    await rm(folder, { recursive: true });
    expect(seen).toEqual({ own: 'ran', done: 'yes', nonce: 'rgb(1, 2, 3)', plain: 'rgb(0, 0, 0)' });
    expect(violations.filter((text) => text.includes('example.invalid')).join()).toMatch(/Content Security Policy/);
  });

  it.skipIf(!existsSync(path.join(pageFolder, 'index.html')))('is kept by the built page (skipped where it is not built)', async () => {
    await using served = await serveFixture();
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(served.address, { waitUntil: 'networkidle' });
    await page.getByText('shop/api').first().waitFor();
    await page.close();
    expect(complaints).toEqual([]);
  });
});
