import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Context, createContext } from '../../../util/context.ts';
import { readCredentials } from './credentials.ts';
import { askHelper } from './helper.ts';

let temporary: string;
let programs: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'credentials-test-'));
  programs = path.join(temporary, 'bin');
  await mkdir(programs);
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

/** Puts a helper of this name where it is found; a script of the shell, since it is a program of its own. */
async function helper(name: string, script: string): Promise<void> {
  const file = path.join(programs, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

let count = 0;
async function world(files: Readonly<Record<string, unknown>>, env: Context['env'] = {}) {
  const home = path.join(temporary, `home-${count++}`);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(home, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  const diagnostics: Diagnostic[] = [];
  const placed = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.replace('~', home)]));
  const context = createContext({
    env: { HOME: home, PATH: `${programs}:/usr/bin:/bin`, ...placed },
    diagnose: (found) => diagnostics.push(found),
  });
  return { context, diagnostics };
}

const basicOf = (text: string) => ({ basic: Buffer.from(text).toString('base64') });
const DOCKER = '.docker/config.json';
const auth = (user: string) => ({ auth: basicOf(`${user}:secret`).basic });

describe('the file that has the login', () => {
  it.each<[string, Readonly<Record<string, unknown>>, Context['env'], string | undefined]>([
    ['of Docker', { [DOCKER]: { auths: { 'r.example': auth('docker') } } }, {}, 'docker'],
    ['of Docker, elsewhere', { 'd/config.json': { auths: { 'r.example': auth('docker') } } }, { DOCKER_CONFIG: '~/d' }, 'docker'],
    ['with https before the name', { [DOCKER]: { auths: { 'https://r.example': auth('docker') } } }, {}, 'docker'],
    ['of Podman', { '.config/containers/auth.json': { auths: { 'r.example': auth('podman') } } }, {}, 'podman'],
    [
      'of Podman, elsewhere',
      { 'x/containers/auth.json': { auths: { 'r.example': auth('podman') } } },
      { XDG_CONFIG_HOME: '~/x' },
      'podman',
    ],
    [
      'of Podman, until the machine stops',
      { 'run/containers/auth.json': { auths: { 'r.example': auth('podman') } } },
      { XDG_RUNTIME_DIR: '~/run' },
      'podman',
    ],
    [
      'that is named goes first',
      { 'a.json': { auths: { 'r.example': auth('named') } }, [DOCKER]: { auths: { 'r.example': auth('docker') } } },
      { REGISTRY_AUTH_FILE: '~/a.json' },
      'named',
    ],
    [
      'is the next where the first has none',
      { [DOCKER]: { auths: {} }, '.config/containers/auth.json': { auths: { 'r.example': auth('podman') } } },
      {},
      'podman',
    ],
    ['is none', { [DOCKER]: { auths: { 'other.example': auth('docker') } } }, {}, undefined],
    ['has what every object has, and that is no login', { [DOCKER]: { auths: {}, credHelpers: {} } }, {}, undefined],
  ])('%s', async (_, files, env, user) => {
    const { context, diagnostics } = await world(files, env);
    expect(await readCredentials('r.example', context)).toEqual(user === undefined ? undefined : basicOf(`${user}:secret`));
    expect(await readCredentials('constructor', context)).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });

  it('may have one for a part of the registry: the nearest is taken', async () => {
    const auths = { 'r.example/team': auth('team'), 'r.example/team/app': auth('app'), 'r.example': auth('all') };
    const { context } = await world({ '.config/containers/auth.json': { auths } });
    expect(await readCredentials('r.example', context, 'team/app')).toEqual(basicOf('app:secret'));
    expect(await readCredentials('r.example', context, 'team/other')).toEqual(basicOf('team:secret'));
    expect(await readCredentials('r.example', context, 'else')).toEqual(basicOf('all:secret'));
  });

  it.each(['{', '[]', '{"auths":7}', 'x'.repeat(1_100_000)])('that cannot be read is said, and the next is read: %#', async (content) => {
    const { context, diagnostics } = await world({
      [DOCKER]: content,
      '.config/containers/auth.json': { auths: { 'r.example': auth('podman') } },
    });
    expect(await readCredentials('r.example', context)).toEqual(basicOf('podman:secret'));
    expect(diagnostics).toMatchObject([{ code: 'CREDENTIALS_UNREADABLE' }]);
  });
});

describe('a credential helper', () => {
  const SAYS = `read server; printf '{"ServerURL":"%s","Username":"%s","Secret":"pass:word"}' "$server" "me-$server"`;

  it('of one registry is asked for that alone', async () => {
    await helper('one', SAYS);
    const { context } = await world({ [DOCKER]: { credHelpers: { 'r.example': 'one' } } });
    expect(await readCredentials('r.example', context)).toEqual(basicOf('me-r.example:pass:word'));
    expect(await readCredentials('other.example', context)).toBeUndefined();
  });

  it('of all is asked where nothing stands in the file', async () => {
    await helper('all', SAYS);
    const { context } = await world({ [DOCKER]: { auths: { 'r.example': {}, 'kept.example': auth('kept') }, credsStore: 'all' } });
    expect(await readCredentials('r.example', context)).toEqual(basicOf('me-r.example:pass:word'));
    expect(await readCredentials('docker.io', context)).toEqual(basicOf('me-https://index.docker.io/v1/:pass:word'));
    expect(await readCredentials('kept.example', context)).toEqual(basicOf('kept:secret'));
  });

  it('may give a token', async () => {
    await helper('token', `printf '{"ServerURL":"","Username":"<token>","Secret":"refresh"}'`);
    const { context } = await world({ [DOCKER]: { credsStore: 'token' } });
    expect(await readCredentials('r.example', context)).toEqual({ refreshToken: 'refresh' });
  });

  it('that has none is no fault', async () => {
    await helper('none', `echo 'credentials not found in native keychain'; exit 1`);
    const { context, diagnostics } = await world({ [DOCKER]: { credsStore: 'none' } });
    expect(await readCredentials('r.example', context)).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['that is not installed', undefined, /docker-credential-bad0 cannot be asked: it is not installed/],
    ['that fails', `printf 'locked \\033[31m'; exit 3`, /fails: locked +\[31m/],
    ['that fails without a word', 'exit 3', /exit code 3/],
    ['that gives something else', `echo '{"secret-word":1}'`, /malformed/],
    ['that never stops', 'yes secret-word', /more than/],
  ])('%s is said, without what it gave, and the registry is asked without', async (_, script, message) => {
    const name = `bad${script === undefined ? 0 : count}`;
    if (script !== undefined) await helper(name, script);
    const { context, diagnostics } = await world({ [DOCKER]: { credHelpers: { 'r.example': name } } });
    expect(await readCredentials('r.example', context)).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'CREDENTIALS_UNREADABLE', message: expect.stringMatching(message), author: 'registry' }]);
    expect(JSON.stringify(diagnostics)).not.toContain('secret-word');
  });

  it('that takes too long is left', async () => {
    await helper('slow', 'sleep 30');
    const { context } = await world({});
    const start = performance.now();
    await expect(askHelper('slow', 'r.example', context, { patience: 100 })).rejects.toThrow('no answer within');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is left where the caller gives up', async () => {
    await helper('slower', 'sleep 30');
    const { context } = await world({});
    const asked = askHelper('slower', 'r.example', { ...context, signal: AbortSignal.timeout(50) });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each(['../x', 'a/b', 'a b', '', '-x', '.x', 'a;touch x', '$(touch x)', 'x'.repeat(200)])(
    '%j is no name of one, and nothing is run',
    async (name) => {
      const { context, diagnostics } = await world({
        [DOCKER]: { credHelpers: { 'r.example': name }, credsStore: 'nothing-of-this-name' },
      });
      expect(await readCredentials('r.example', context)).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: 'CREDENTIALS_UNREADABLE' }]);
    },
  );

  it('is given the server as a line, and no shell reads it', async () => {
    const out = path.join(temporary, 'asked');
    await helper('writes', `cat > ${out}; echo "$@" >> ${out}; exit 1`);
    const { context } = await world({});
    await askHelper('writes', '$(touch /tmp/x);r.example', context).catch(() => {});
    expect(await readFile(out, 'utf8')).toBe('$(touch /tmp/x);r.example\nget\n');
  });
});
