import { isAppError } from '@plimsoll/core';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { guard } from './guard.ts';

/** Status of a request: 200 where the guard let it pass, 403 where it refused. */
async function ask(
  request: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> },
  { host = '127.0.0.1', names = [] }: { readonly host?: string; readonly names?: readonly string[] } = {},
): Promise<number> {
  const app = new Hono();
  app.use(guard(host, names));
  app.all('*', (c) => c.text('passed'));
  app.onError((error, c) => c.text(error.message, isAppError(error, 'REQUEST_REFUSED') ? 403 : 500));
  return (await app.request('http://127.0.0.1:7717/', request)).status;
}

describe('a Host header', () => {
  it.each(['127.0.0.1:7717', '127.0.0.1', '127.1.2.3:80', 'localhost:7717', 'LOCALHOST:7717', 'plimsoll.localhost:7717', '[::1]:7717'])(
    '%s is this server',
    async (host) => {
      expect(await ask({ headers: { host } })).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:7717',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'notlocalhost',
    '192.168.0.7:7717',
    '0.0.0.0:7717',
    'user@127.0.0.1',
    '127.0.0.1/path',
    'evil.example#127.0.0.1',
    '127.0.0.1\\evil',
    '',
    '[::1',
    '127.0.0.1:port',
  ])('%j is not', async (host) => {
    expect(await ask({ headers: { host } })).toBe(403);
  });

  it.each([
    ['the address listened on', '192.168.0.7:7717', { host: '192.168.0.7' }, 200],
    ['an IPv6 address listened on', '[fd00::7]:7717', { host: 'fd00::7' }, 200],
    ['any address where all are listened on', '192.168.0.7:7717', { host: '0.0.0.0' }, 200],
    ['any IPv6 address where all are listened on', '[fd00::7]:7717', { host: '::' }, 200],
    ['a name where all addresses are listened on', 'evil.example', { host: '0.0.0.0' }, 403],
    ['a name it was told of', 'plimsoll.example:443', { host: '0.0.0.0', names: ['Plimsoll.example'] }, 200],
    ['a name of the host listened on', 'build-7:7717', { host: 'build-7' }, 200],
  ])('%s', async (_, host, options, status) => {
    expect(await ask({ headers: { host } }, options)).toBe(status);
  });
});

describe('a request that changes something', () => {
  const host = '127.0.0.1:7717';
  it.each([
    ['a command without browser headers', {}, 200],
    ['the page itself', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:7717' }, 200],
    ['an older browser on the page itself', { origin: 'http://127.0.0.1:7717' }, 200],
    ['a person at the address bar', { 'sec-fetch-site': 'none' }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8000' }, 403],
    ['an older browser on another site', { origin: 'https://evil.example' }, 403],
    ['an older browser on another port', { origin: 'http://127.0.0.1:8000' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:7717' }, 403],
  ])('by %s', async (_, headers, status) => {
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH']) expect(await ask({ method, headers: { host, ...headers } })).toBe(status);
  });

  it('is all that is checked: another site may lead here', async () => {
    expect(await ask({ headers: { host, 'sec-fetch-site': 'cross-site' } })).toBe(200);
  });
});
