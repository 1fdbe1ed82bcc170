import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildImage, dockerSaveTar } from '@plimsoll/testkit';
import { afterAll, describe, expect, it } from 'vitest';

const bin = path.join(import.meta.dirname, '../bin/plimsoll.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-main-'));
const env = {
  PATH: '/nowhere',
  HOME: folder,
  PLIMSOLL_OFFLINE: '1',
  PLIMSOLL_DATA_DIR: path.join(folder, 'data'),
  PLIMSOLL_CACHE_DIR: path.join(folder, 'cache'),
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a shell would; `onOut` sees standard output so far and may send a signal. */
function run(argv: readonly string[], onOut: (out: string, kill: (signal: NodeJS.Signals) => void) => void = () => {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      onOut(out, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

function writeImage(): string {
  const file = path.join(folder, 'image.tar');
  const files = [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n' },
    { path: 'var/lib/dpkg/status', content: 'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\nArchitecture: amd64\n' },
  ];
  const image = buildImage({ layers: [{ createdBy: 'ADD rootfs /', files }] });
  writeFileSync(file, dockerSaveTar([{ ref: 'docker.io/library/shop:1', image }], { kind: 'graphdriver' }));
  return file;
}

describe('plimsoll', () => {
  it('says its version, and makes no folders for it', async () => {
    const { code, out, err } = await run(['version', '--format', 'json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).version).toBe(JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')).version);
    expect(existsSync(env.PLIMSOLL_DATA_DIR)).toBe(false);
    expect((await run(['--version'])).out).toBe(`${JSON.parse(out).version}\n`);
  });

  it.each([
    [['help'], 0, ''],
    [['nothing'], 64, 'unknown command'],
    [['cves'], 64, 'missing required argument'],
    [['cves', 'x', '--format', 'xml'], 64, 'FORMAT_UNKNOWN'],
    [['cves', path.join(folder, 'none.tar')], 1, 'IMAGE_NOT_FOUND: '],
    [['cves', 'debian:12'], 1, 'OFFLINE: '],
    [['serve', '--listen', 'x'], 64, 'USAGE: '],
  ])('%j ends with %d', async (argv, expected, says) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(expected);
    expect(err).toContain(says);
    if (expected !== 0) expect(out).toBe('');
  });

  it('reads an image: facts on standard output, nothing beside them where there is no terminal', async () => {
    const file = writeImage();
    const { code, out, err } = await run(['packages', file, '--format', 'json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).packages).toMatchObject([{ name: 'libc6', version: '2.36-9', introducedIn: 0 }]);
    const gate = await run(['cves', file, '--exit-code']);
    expect(gate.code).toBe(1);
    expect(gate.out).toContain('Vulnerabilities are unknown');
    expect(gate.err).toContain('ADVISORIES_MISSING');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s', async (signal) => {
    const { code, out } = await run(['serve', '--listen', '127.0.0.1:0'], (said, kill) => {
      if (said.includes('\n')) kill(signal);
    });
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(code).toBe(signal === 'SIGINT' ? 130 : 0);
  });

  it('stops at exceptions that say what it does not know, and explains what it can', async () => {
    const image = writeImage();
    const config = path.join(folder, 'exceptions.yaml');
    writeFileSync(config, 'exceptions: [{ package: libc6 }]');
    const refused = await run(['cves', `archive://${image}`, '--config', config]);
    expect(refused).toMatchObject({ code: 64, out: '', err: expect.stringMatching(/^CONFIGURATION_INVALID: .*exceptions 1 reason/) });
    writeFileSync(config, 'exceptions: [{ package: libc6, reason: x }]');
    const told = await run(['explain', `archive://${image}`, 'libc6', 'CVE-2099-1', '--config', config, '--format', 'json']);
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(told.out)).toMatchObject({ id: 'CVE-2099-1', packages: [{ verdict: 'unknown', package: { name: 'libc6' } }] });
    const missing = await run(['cves', `archive://${image}`, '--vex-location', path.join(folder, 'nowhere')]);
    expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/^VEX_UNREADABLE: /) });
  });
});
