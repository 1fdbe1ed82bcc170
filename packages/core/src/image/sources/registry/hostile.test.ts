import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ReadableStream as WebStream } from 'node:stream/web';
import { buildImage, type MemoryRegistry, startBlobStore, startMemoryRegistry } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Context, createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';
import { type Patience, readBody } from './body.ts';
import { mayAsk } from './origin.ts';

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a'.repeat(3000) }] }], compression: 'none' });
const nobody = createContext({ env: { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' } });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hostile-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A context with the login of a registry. */
async function loggedIn(server: MemoryRegistry): Promise<Context> {
  await writeFile(path.join(folder, 'config.json'), server.dockerConfig());
  return createContext({ env: { DOCKER_CONFIG: folder, HOME: folder } });
}

async function layerOf(server: MemoryRegistry, context = nobody): Promise<Buffer> {
  await using image = await openImage(`${server.host}/team/app:1`, {}, context);
  return Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? []));
}

describe('a registry that never ends', () => {
  it('a manifest, a config', async () => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    server.faults.endless = true;
    await expect(layerOf(server)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    server.faults.endless = false;
    const open = openImage(
      `${server.host}/team/app:1`,
      {},
      {
        ...nobody,
        fetch: async (input, init) => {
          server.faults.endless = String(input).includes('/blobs/');
          return fetch(input, init);
        },
      },
    );
    await expect(open).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('a layer', async () => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    await using image = await openImage(`${server.host}/team/app:1`, {}, nobody);
    server.faults.endless = true;
    await expect(Array.fromAsync(image.layers[0]?.read() ?? [])).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
  });
});

describe('a registry that lies about lengths', () => {
  it.each([
    ['more is stated than comes', 10, 'REGISTRY_UNREACHABLE'],
    ['less is stated than comes', -10, /BLOB_SIZE_MISMATCH|REGISTRY_UNREACHABLE/],
  ])('%s', async (_, lie, code) => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    await using image = await openImage(`${server.host}/team/app:1`, {}, nobody);
    server.faults.lengthLie = lie;
    const read = Array.fromAsync(image.layers[0]?.read() ?? []).then(
      () => 'read',
      ({ code: found }: { readonly code: string }) => found,
    );
    // A connection whose end is not stated is only known to be over when it is closed.
    const closing = setTimeout(() => server[Symbol.asyncDispose](), 500);
    expect(await read).toEqual(code instanceof RegExp ? expect.stringMatching(code) : code);
    clearTimeout(closing);
  });
});

describe('a place that a registry sends us to', () => {
  it('gets no login by asking for one', async () => {
    await using server = await startMemoryRegistry({ auth: { kind: 'basic', user: 'me', password: 'secret' } });
    server.push('team/app', '1', app);
    await using thief = await startBlobStore(app, { challenge: 'Basic realm="give it to me"' });
    server.faults.redirectBlobs = thief.address;
    await expect(layerOf(server, await loggedIn(server))).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(thief.requests.length).toBeGreaterThan(0);
    expect(thief.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('cannot name a realm either', async () => {
    await using server = await startMemoryRegistry({ auth: { kind: 'basic', user: 'me', password: 'secret' } });
    server.push('team/app', '1', app);
    await using realm = await startBlobStore(app);
    await using thief = await startBlobStore(app, { challenge: `Bearer realm="${realm.address}token"` });
    server.faults.redirectBlobs = thief.address;
    await expect(layerOf(server, await loggedIn(server))).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(realm.requests).toEqual([]);
  });

  it.each([
    ['https://storage.example/x', true],
    ['https://10.1.2.3/x', true],
    ['http://storage.example/x', false],
    ['https://me:secret@storage.example/x', false],
    ['https://localhost/x', false],
    ['https://LOCALHOST./x', false],
    ['https://a.localhost/x', false],
    ['https://127.0.0.1/x', false],
    ['https://127.1/x', false],
    ['https://2130706433/x', false],
    ['https://0x7f.1/x', false],
    ['https://0.0.0.0/x', false],
    ['https://[::]/x', false],
    ['https://[::1]/x', false],
    ['https://[::ffff:127.0.0.1]/x', false],
    ['https://[::127.0.0.1]/x', false],
    ['https://[64:ff9b::127.0.0.1]/x', false],
    ['https://[fe80::1]/x', false],
    ['https://[::ffff:169.254.169.254]/x', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://[2001:db8::1]/x', true],
    ['ftp://storage.example/x', false],
  ])('%s: %s', (address, expected) => {
    expect(mayAsk(new URL(address), 'https://registry.example')).toBe(expected);
  });
});

describe('a token that is none', () => {
  it.each([['x\r\nX-Injected: 1'], ['x'.repeat(70_000)], [''], [7], [null], [{ a: 1 }]])('%j is refused, and not told', async (token) => {
    await using server = await startMemoryRegistry({ auth: { kind: 'token' } });
    server.push('team/app', '1', app);
    server.faults.token = token ?? false;
    const error: Error = await layerOf(server).then(
      () => new Error('read'),
      (fault) => fault,
    );
    expect(error).toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(error.message).not.toContain('Injected');
  });
});

describe('a list of tags', () => {
  it('has only tags in it, and an end', async () => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const address = String(input);
      asked.push(address);
      if (!address.includes('/tags/')) return globalThis.fetch(input, init);
      return new Response(JSON.stringify({ tags: ['1', '../../../admin', 'a b', '', 'x'.repeat(200)] }), {
        headers: { link: `<${address}>; rel="next"` },
      });
    };
    const listed = await Array.fromAsync(
      listImages(`${server.host}/team/app`, { ...nobody, fetch }),
      ({ description }) => description.name,
    );
    expect(listed).toEqual([`${server.host}/team/app:1`]);
    expect(asked.filter((address) => address.includes('/tags/'))).toHaveLength(1);
    expect(asked.some((address) => address.includes('admin'))).toBe(false);
  });
});

describe('patience with a body', () => {
  const patience: Patience = { silence: 100, window: 200, bytes: 1000 };
  const body = (chunks: AsyncIterable<Uint8Array>) => WebStream.from(chunks) as ReadableStream<Uint8Array>;
  async function* drip(size: number, every: number, times = 1000) {
    for (let i = 0; i < times; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, every));
      yield new Uint8Array(size);
    }
  }
  const read = (stream: ReadableStream<Uint8Array> | null, more: Partial<Patience> = {}) =>
    Array.fromAsync(readBody(stream, { ...patience, ...more })).then((chunks) => chunks.length);

  it('ends where nothing comes', async () => {
    await expect(read(body(drip(1, 1000)))).rejects.toThrow('nothing more within');
  });

  it('ends where it drips', async () => {
    await expect(read(body(drip(1, 20)))).rejects.toThrow(/only \d+ bytes/);
  });

  it('ends where a document takes too long, however fast it comes', async () => {
    await expect(read(body(drip(10_000, 20)), { whole: 150 })).rejects.toThrow('nothing more within');
  });

  it('lasts where enough comes, and where the reader is the slow one', async () => {
    expect(await read(body(drip(5000, 20, 20)))).toBe(20);
    let count = 0;
    for await (const _ of readBody(body(drip(1, 1, 5)), patience)) {
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    expect(count).toBe(5);
    expect(await read(null)).toBe(0);
  });

  it('gives up the connection', async () => {
    let closed = false;
    const server = createServer((_, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200).write('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { body: stream } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(read(stream)).rejects.toThrow('nothing more within');
    await expect.poll(() => closed).toBe(true);
    server.close();
  });
});
