import { describe, expect, it } from 'vitest';
import { useFake } from '../../test-support/use.ts';
import { view } from '../view/index.ts';
import { parseListen, serve } from './index.ts';

describe('parseListen', () => {
  it.each([
    ['127.0.0.1:7717', { host: '127.0.0.1', port: 7717 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['[::1]:80', { host: '[::1]', port: 80 }],
  ])('%s', (text, expected) => {
    expect(parseListen(text)).toEqual(expected);
  });

  it.each(['', '7717', ':7717', 'localhost:', 'localhost:x', 'localhost:70000', 'localhost:-1', 'localhost:1.5'])(
    '"%s" is no address',
    (text) => {
      expect(() => parseListen(text)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});

describe('serve and view', () => {
  it('serves until it is told to stop', async () => {
    const stop = new AbortController();
    const use = useFake();
    const health: number[] = [];
    await serve('127.0.0.1:0', { ...use, context: { ...use.context, signal: stop.signal } }, async (address) => {
      health.push((await fetch(`${address}/api/health`)).status);
      stop.abort();
    });
    expect(health).toEqual([200]);
  });

  it('view indexes the image and says where its page is', async () => {
    const stop = new AbortController();
    const use = useFake();
    const lines: string[] = [];
    await view('small', { open: false }, { ...use, context: { ...use.context, signal: stop.signal } }, (line) => {
      lines.push(line);
      stop.abort();
    });
    expect(lines).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/images\/sha256:b{64}$/)]);
  });

  it('view uses the server that runs, where it knows the image', async () => {
    const stop = new AbortController();
    const use = useFake();
    const signal = stop.signal;
    const lines: string[] = [];
    await serve('127.0.0.1:0', { ...use, context: { ...use.context, signal } }, async (address) => {
      const second = { ...use, environment: { ...use.environment, listen: address.slice('http://'.length) } };
      await view('rich', { open: false }, second, (line) => lines.push(`${line} ${address}`));
      const stranger = useFake({ reports: [] });
      const other = { ...stranger, environment: second.environment };
      await expect(view('empty', { open: false }, other, () => {})).rejects.toMatchObject({ code: 'PORT_IN_USE' });
      stop.abort();
    });
    const [page = '', address = ''] = lines[0]?.split(' ') ?? [];
    expect(page).toBe(`${address}/images/sha256:${'c'.repeat(64)}`);
  });
});
