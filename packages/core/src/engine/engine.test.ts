import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FakeEngine, startFakeEngine } from '@plimsoll/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContext, type Progress } from '../util/context.ts';
import { findAddress } from './address.ts';
import { connectEngine } from './connect.ts';
import { pullImage } from './pull-image.ts';
import type { Engine } from './types.ts';

const NAME = 'registry.local:5000/shop/api:2';
let fake: FakeEngine;
beforeEach(async () => {
  fake = await startFakeEngine();
  fake.state.names.set(NAME, 'old');
  fake.state.images.add('old');
  fake.state.registry.set(NAME, 'new');
});
afterEach(() => fake[Symbol.asyncDispose]());

const contextOf = (more: Partial<Parameters<typeof createContext>[0]> = {}) =>
  createContext({ env: { DOCKER_HOST: fake.address }, ...more });
async function connect(): Promise<Engine> {
  const engine = await connectEngine(contextOf());
  if (!engine) throw new Error('no engine');
  return engine;
}
const pull = async (removeOld = true, context = contextOf()) => pullImage(await connect(), { name: NAME, removeOld }, context);

describe('a pull', () => {
  it('moves the name, and removes the old image where that was asked for', async () => {
    expect(await pull()).toEqual({ changed: true, removed: true });
    expect([...fake.state.images]).toEqual(['new']);
    expect((await connect()).name).toBe('Docker Engine 1.0-fake');
  });

  it('keeps the old image where nobody asked', async () => {
    expect(await pull(false)).toEqual({ changed: true, removed: false });
    expect([...fake.state.images]).toEqual(['old', 'new']);
  });

  it('removes nothing where the name points to the same image', async () => {
    fake.state.registry.set(NAME, 'old');
    expect(await pull()).toEqual({ changed: false, removed: false });
    expect([...fake.state.images]).toEqual(['old']);
  });

  it.each([
    ['a container is made from it', () => void fake.state.containers.set('web', 'old'), 'the container web is made from it'],
    ['it has another name', () => void fake.state.names.set('shop/api:old', 'old'), 'it is also called shop/api:old'],
    [
      'the engine refuses',
      () => {
        fake.state.refuses = 'conflict: image has dependent child images';
      },
      'conflict: image has dependent child images',
    ],
  ])('keeps the old image where %s', async (_, arrange, kept) => {
    arrange();
    expect(await pull()).toEqual({ changed: true, removed: false, kept });
    expect(fake.state.images.has('old')).toBe(true);
  });

  it.each(['fails half-way', 'breaks off', 'ends early', 'garbage'] as const)('that %s leaves everything as it is', async (how) => {
    fake.state.pull = how;
    await expect(pull()).rejects.toMatchObject({ code: 'ENGINE_PULL_FAILED', hint: expect.stringContaining('untouched') });
    expect(fake.state.names.get(NAME)).toBe('old');
    expect([...fake.state.images]).toEqual(['old']);
    expect(fake.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  });

  it('of what the registry has not says so in the engine’s words', async () => {
    fake.state.registry.clear();
    await expect(pull()).rejects.toMatchObject({ code: 'ENGINE_PULL_FAILED', message: expect.stringContaining('not found') });
  });

  it('can be given up', async () => {
    fake.state.pull = 'never ends';
    const controller = new AbortController();
    const steps: Progress[] = [];
    const progress = (step: Progress) => {
      steps.push(step);
      if (step.done !== undefined) controller.abort();
    };
    await expect(pull(true, contextOf({ signal: controller.signal, progress }))).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(steps.at(-1)).toMatchObject({ done: 0.25, step: `pulling ${NAME}: 0.3 MB of 1.0 MB` });
    expect(fake.state.images.has('old')).toBe(true);
  });
});

describe('the engine', () => {
  it('is where DOCKER_HOST says', () => {
    expect(findAddress({ env: { DOCKER_HOST: 'unix:///run/x.sock' } })).toEqual({ socketPath: '/run/x.sock' });
    expect(findAddress({ env: { DOCKER_HOST: 'tcp://127.0.0.1:2375' } })).toEqual({ host: '127.0.0.1', port: 2375 });
  });

  it('is that of Docker’s context in use, unless DOCKER_HOST says another', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'docker-context-'));
    const put = (name: string, value: unknown) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(value));
    };
    const meta = (name: string) => `contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;
    put('config.json', { currentContext: 'colima' });
    put(meta('colima'), { Name: 'colima', Endpoints: { docker: { Host: 'unix:///colima.sock' } } });
    put(meta('far'), { Name: 'far', Endpoints: { docker: { Host: 'ssh://far' } } });
    put(meta('broken'), { Endpoints: 7 });
    const env = { DOCKER_CONFIG: folder };
    expect(findAddress({ env })).toEqual({ socketPath: '/colima.sock' });
    expect(findAddress({ env: { ...env, DOCKER_HOST: 'unix:///other.sock' } })).toEqual({ socketPath: '/other.sock' });
    expect(() => findAddress({ env: { ...env, DOCKER_CONTEXT: 'far' } })).toThrow(expect.objectContaining({ code: 'ENGINE_UNREACHABLE' }));
    for (const name of ['broken', 'none', 'default', '../../x'])
      expect(() => findAddress({ env: { ...env, DOCKER_CONTEXT: name } })).not.toThrow();
    rmSync(folder, { recursive: true });
  });

  it('may be a pipe of Windows', () => {
    expect(findAddress({ env: { DOCKER_HOST: 'npipe:////./pipe/docker_engine' } })).toEqual({ socketPath: '\\\\.\\pipe\\docker_engine' });
    expect(() => findAddress({ env: { DOCKER_HOST: 'npipe:////far/pipe/x' } })).toThrow();
  });

  it.each([
    ['ssh://host', 'ssh://host'],
    ['tcp://engine.example:2375', 'a host elsewhere'],
    ['unix://relative', 'a relative path'],
  ])('at %s is not spoken to', (address) => {
    expect(() => findAddress({ env: { DOCKER_HOST: address } })).toThrow(expect.objectContaining({ code: 'ENGINE_UNREACHABLE' }));
  });

  it('that does not answer is said', async () => {
    await expect(connectEngine(createContext({ env: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } }))).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
    });
  });
});
