import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createContext } from '@plimsoll/core';
import { createFakeWorkspace } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { findPage } from './page.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-page-'));
const webDir = path.join(folder, 'dist');
const INDEX = '<!doctype html><html><head><title>Plimsoll</title></head><body></body></html>';
const SECRET = 'not for the web';

beforeAll(() => {
  mkdirSync(path.join(webDir, 'assets'), { recursive: true });
  writeFileSync(path.join(webDir, 'index.html'), INDEX);
  writeFileSync(path.join(webDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(path.join(webDir, 'assets', 'index-B1x_9-.js'), 'console.log(1)');
  writeFileSync(path.join(webDir, '.env'), SECRET);
  writeFileSync(path.join(folder, 'secret.txt'), SECRET);
});
afterAll(() => rmSync(folder, { recursive: true }));

function open(dir: string | undefined = webDir) {
  const workspace = createFakeWorkspace({ reports: [] });
  return createApp({ workspace, context: createContext(), host: '127.0.0.1', webDir: dir }).app;
}

describe('the page', () => {
  it.each(['/', '/index.html', '/images/sha256:abc', '/images/sha256:abc?layers=2,9', '/data', '/images/a.b/c.d'])(
    'is at %s',
    async (url) => {
      const response = await open().request(url);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('<title>Plimsoll</title>');
    },
  );

  it('carries a strict policy, with a new nonce each time for styles alone', async () => {
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const response = await open().request('/');
      const nonce = /<meta property="csp-nonce" nonce="([^"]+)">/.exec(await response.text())?.[1] ?? '';
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).not.toContain('unsafe');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('says how to build it where it is not built', async () => {
    for (const dir of [undefined, path.join(folder, 'nowhere')]) {
      const workspace = createFakeWorkspace({ reports: [] });
      const { app } = createApp({ workspace, context: createContext(), host: '127.0.0.1', webDir: dir });
      const response = await app.request('/');
      expect(response.status).toBe(503);
      expect(await response.text()).toContain('npm run build');
    }
  });

  it('is looked for in the web package', () => {
    expect(findPage()).toMatch(/packages\/web\/dist$/);
  });
});

describe('a file of the page', () => {
  it.each([
    ['a hashed asset for a year', '/assets/index-B1x_9-.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['others only after asking', '/favicon.svg', 'image/svg+xml', 'no-cache'],
  ])('is kept: %s', async (_, url, type, cache) => {
    const response = await open().request(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cache);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('that did not change is not sent again', async () => {
    const app = open();
    const etag = (await app.request('/favicon.svg')).headers.get('etag') ?? '';
    expect((await app.request('/favicon.svg', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it.each(['/assets/gone.js', '/robots.txt', '/wp-login.php', '/assets', '/assets/'])('%s is not there', async (url) => {
    expect((await open().request(url)).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%00',
    '/.env',
    '/%2eenv',
    '/assets/%252e%252e/secret.txt',
    `/assets/${'a'.repeat(5000)}`,
    '//secret.txt',
  ])('%s does not get out of the folder', async (url) => {
    const response = await open().request(`http://127.0.0.1${url}`);
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).not.toContain(SECRET);
  });

  it('is only read, never written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await open().request('/favicon.svg', { method })).status).toBe(404);
  });
});
