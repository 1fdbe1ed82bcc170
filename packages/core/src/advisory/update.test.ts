import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Diagnostic } from '@plimsoll/model';
import { writeTar, zipOf } from '@plimsoll/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Context, createContext } from '../util/context.ts';
import { advisorySources } from './registry.ts';
import type { AdvisoryRecord, AdvisorySink, AdvisorySource } from './types.ts';
import { updateAdvisories } from './update.ts';

const osvText = (id: string) => JSON.stringify({ id, affected: [{ package: { ecosystem: 'npm', name: 'left' }, versions: ['1.0.0'] }] });
const kevText = JSON.stringify({
  catalogVersion: '1',
  dateReleased: '2026-01-01T00:00:00Z',
  vulnerabilities: [{ cveID: 'CVE-2024-0001', dateAdded: '2024-01-01' }],
});
const epssText = 'cve,epss,percentile\nCVE-2024-0001,0.1,0.2\n';
const trackerText = JSON.stringify({ curl: { 'CVE-2024-0001': { releases: { bookworm: { status: 'open' } } } } });
const secdbText = (branch: string) =>
  JSON.stringify({ distroversion: branch, packages: [{ pkg: { name: 'curl', secfixes: { '1-r0': ['CVE-2024-0001'] } } }] });

/** Keeps whole sources, as a store does. */
function createSink() {
  const kept = new Map<
    string,
    { readonly fingerprint: string; readonly sample: boolean; readonly date?: string; readonly ids: readonly string[] }
  >();
  const failed = new Map<string, string>();
  const sink: AdvisorySink = {
    async replace({ id, sample }, { fingerprint, date }, records: AsyncIterable<AdvisoryRecord>) {
      const ids: string[] = [];
      for await (const record of records)
        ids.push(record.kind === 'advisory' ? record.advisory.id : record.kind === 'lifecycle' ? record.lifecycle.title : record.id);
      kept.set(id, { fingerprint, sample, ids, ...(date && { date }) });
      failed.delete(id);
      return ids.length;
    },
    fail: ({ id }, error) => void failed.set(id, error),
    fingerprintOf: (id) => (failed.has(id) ? undefined : kept.get(id)?.fingerprint),
  };
  return { sink, kept, failed };
}

let folder: string;
let diagnostics: Diagnostic[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-update-'));
  diagnostics = [];
});
afterEach(() => rm(folder, { recursive: true }));

const contextOf = (options: Partial<Context> = {}) =>
  createContext({ diagnose: (diagnostic) => void diagnostics.push(diagnostic), ...options });

describe('updateAdvisories from files', () => {
  const offline = () => contextOf({ offline: true });

  async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
    const from = path.join(folder, 'feeds');
    await rm(from, { recursive: true, force: true });
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(from, name)), { recursive: true });
      await writeFile(path.join(from, name), content);
    }
    return from;
  }

  it('tells documents by what they hold, in any packing and under any name', async () => {
    const from = await write({
      'a/b/c.json': kevText,
      'x.csv.gz': gzipSync(epssText),
      'y.json.gz': gzipSync(trackerText),
      'npm/all.zip': zipOf({ 'GHSA-a.json': osvText('GHSA-a'), 'README.md': 'no', 'GHSA-b.json': osvText('GHSA-b') }),
      'PyPI.zip': zipOf({ 'GHSA-c.json': osvText('GHSA-c') }),
      'secdb.zip': zipOf({ 'v3.17/main.json': secdbText('v3.17'), 'v3.18/main.json': secdbText('v3.18') }),
      'notes.txt': kevText,
    });
    const { sink, kept } = createSink();
    const results = await updateAdvisories({ from, folder }, sink, offline());
    expect(results.map(({ source, state, records }) => `${source} ${state} ${records}`).sort()).toEqual([
      'alpine-secdb updated 2',
      'debian-tracker updated 1',
      'epss updated 1',
      'kev updated 1',
      'osv updated 3',
    ]);
    expect(kept.get('osv')?.ids.toSorted()).toEqual(['GHSA-a', 'GHSA-b', 'GHSA-c']);
    expect(kept.get('kev')).toMatchObject({ sample: false, date: '2026-01-01T00:00:00.000Z' });
    expect(diagnostics).toEqual([]);
  });

  it('tells the archive of a repository by a record in it, whatever lies before that', async () => {
    const gem = (name: string) => `---\ngem: ${name}\ncve: 2024-0001\nurl: https://example.org\ntitle: t\n`;
    const files = {
      'db-master/.github/workflows/ruby.yml': 'on: push',
      'db-master/package.json': '{"name":"db"}',
      'db-master/README.md': 'no',
      'db-master/gems/left/CVE-2024-0001.yml': gem('left'),
      'db-master/gems/right/CVE-2024-0002.yml': gem('right'),
      'db-master/spec/schema.yml': 'a: [',
    };
    const tar = writeTar(Object.entries(files).map(([name, content]) => ({ path: name, content })));
    for (const archive of [{ 'db.zip': zipOf(files) }, { 'db.tar.gz': gzipSync(tar) }]) {
      const { sink } = createSink();
      const results = await updateAdvisories({ from: await write(archive), folder }, sink, offline());
      expect(results).toEqual([{ source: 'rubysec', state: 'updated', records: 2 }]);
    }
    expect(diagnostics).toEqual([]);
  });

  it('takes one file, and marks the sample', async () => {
    const from = await write({ 'kev.json': kevText });
    const { sink, kept } = createSink();
    await updateAdvisories({ from: path.join(from, 'kev.json'), sample: true, folder }, sink, offline());
    expect(kept.get('kev')).toMatchObject({ sample: true, ids: ['CVE-2024-0001'] });
  });

  it('parses unchanged documents no second time, changed ones do', async () => {
    const { sink, kept } = createSink();
    const from = await write({ 'a.json': osvText('GHSA-a'), 'kev.json': kevText });
    const states = async () => (await updateAdvisories({ from, folder }, sink, offline())).map(({ source, state }) => `${source} ${state}`);
    await states();
    expect(await states()).toEqual(['osv unchanged', 'kev unchanged']);
    await writeFile(path.join(from, 'a.json'), osvText('GHSA-z'));
    expect(await states()).toEqual(['osv updated', 'kev unchanged']);
    expect(kept.get('osv')?.ids).toEqual(['GHSA-z']);
  });

  it('updates the sources that were asked for, and calls the documents of others no strangers', async () => {
    const from = await write({ 'a.json': osvText('GHSA-a'), 'kev.json': kevText });
    const { sink, kept } = createSink();
    await updateAdvisories({ from, folder, sources: ['kev'] }, sink, offline());
    expect([...kept.keys()]).toEqual(['kev']);
    expect(diagnostics).toEqual([]);
    await expect(updateAdvisories({ from, folder, sources: ['epss'] }, sink, offline())).rejects.toMatchObject({
      code: 'ADVISORY_FORMAT_UNKNOWN',
      hint: 'there is data of osv, kev',
    });
  });

  it('says which files it passes over', async () => {
    const from = await write({
      'kev.json': kevText,
      'other.json': '{"a": 1}',
      'broken.zip': 'PK\u0003\u0004',
      'broken.json.gz': gzipSync(kevText).subarray(0, 30),
    });
    const { sink } = createSink();
    expect(await updateAdvisories({ from, folder }, sink, offline())).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => `${code} ${path.basename(message.split(' ')[0] ?? '')}`).sort()).toEqual([
      'ADVISORY_FORMAT_UNKNOWN broken.json.gz',
      'ADVISORY_FORMAT_UNKNOWN broken.zip',
      'ADVISORY_FORMAT_UNKNOWN other.json',
    ]);
  });

  it.each([
    ['a folder without anything known', () => write({ 'a.json': '{}' }), 'ADVISORY_FORMAT_UNKNOWN'],
    ['an empty folder', () => write({ 'a.txt': '' }), 'ADVISORY_FORMAT_UNKNOWN'],
    ['what is not there', async () => path.join(folder, 'nowhere'), 'ADVISORY_FETCH_FAILED'],
  ])('refuses %s', async (_name, make, code) => {
    await expect(updateAdvisories({ from: await make(), folder }, createSink().sink, offline())).rejects.toMatchObject({ code });
  });

  it('keeps what was known where a document has nothing for us', async () => {
    const { sink, kept, failed } = createSink();
    await updateAdvisories({ from: await write({ 'a.json': osvText('GHSA-a') }), folder }, sink, offline());
    const [result] = await updateAdvisories(
      { from: await write({ 'a.json': osvText('GO-1').replace('npm', 'Hackage') }), folder },
      sink,
      offline(),
    );
    expect(result).toMatchObject({ source: 'osv', state: 'failed', error: expect.stringContaining('what was known stays') });
    expect(kept.get('osv')?.ids).toEqual(['GHSA-a']);
    expect(failed.has('osv')).toBe(true);
  });

  it('lets one source fail alone', async () => {
    const from = await write({ 'kev.json': kevText.replace('"vulnerabilities":[{', '"vulnerabilities":[3,{'), 'epss.csv': epssText });
    const { sink, kept } = createSink();
    const results = await updateAdvisories({ from, folder }, sink, offline());
    expect(results.map(({ source, state }) => `${source} ${state}`).sort()).toEqual(['epss updated', 'kev failed']);
    expect([...kept.keys()]).toEqual(['epss']);
  });

  it('names the sources there are where one is asked for that is none', async () => {
    await expect(updateAdvisories({ sources: ['nonesuch'], folder }, createSink().sink, offline())).rejects.toMatchObject({
      code: 'SOURCE_UNKNOWN',
      hint: expect.stringContaining('debian-tracker, endoflife, epss'),
    });
  });
});

describe('updateAdvisories from the network', () => {
  type Answer = (headers: Headers) => Response | Promise<Response>;
  /** A network of a few addresses; any other is not there. */
  const network = (answers: Readonly<Record<string, Answer>>) => {
    const asked: { readonly url: string; readonly headers: Headers }[] = [];
    const fetch = vi.fn(async (input: string | URL | Request, init?: RequestInit) => {
      const url = String(input);
      const headers = new Headers(init?.headers);
      asked.push({ url, headers });
      return (await answers[url]?.(headers)) ?? new Response('not found', { status: 404 });
    });
    return { fetch: fetch as typeof globalThis.fetch, asked };
  };
  const kevAddress = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
  const update = (sink: AdvisorySink, sources: readonly string[], options: Partial<Context>) =>
    updateAdvisories({ sources, folder }, sink, contextOf(options));

  it('asks only for what changed', async () => {
    let text = kevText;
    let etag = '"1"';
    const { fetch, asked } = network({
      [kevAddress]: (headers) =>
        headers.get('if-none-match') === etag
          ? new Response(null, { status: 304 })
          : new Response(text, { headers: { etag, 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' } }),
    });
    const { sink, kept } = createSink();
    const once = async () => (await update(sink, ['kev'], { fetch }))[0]?.state;
    expect(await once()).toBe('updated');
    expect(await once()).toBe('unchanged');
    expect(asked[1]?.headers.get('if-modified-since')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    text = kevText.replace('CVE-2024-0001', 'CVE-2024-0002');
    etag = '"2"';
    expect(await once()).toBe('updated');
    expect(kept.get('kev')?.ids).toEqual(['CVE-2024-0002']);
  });

  it('reads every document of a source, and passes over those that do not exist', async () => {
    const { fetch } = network({
      'https://secdb.alpinelinux.org/v3.18/main.json': () => new Response(secdbText('v3.18')),
      'https://secdb.alpinelinux.org/v3.19/community.json': () => new Response(secdbText('v3.19')),
    });
    const { sink } = createSink();
    expect(await update(sink, ['alpine-secdb'], { fetch })).toEqual([{ source: 'alpine-secdb', state: 'updated', records: 2 }]);
  });

  it.each<[string, Answer, string]>([
    ['a server at fault', () => new Response('', { status: 503 }), 'the server answered 503'],
    ['no such document', () => new Response('', { status: 404 }), 'none of the documents'],
    ['no network', () => Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })), 'ENOTFOUND'],
    ['a page to sign in', () => new Response('<!doctype html>'), 'ADVISORY_UNREADABLE'],
    [
      'a document that breaks off',
      () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('terminated')) })),
      'terminated',
    ],
  ])('keeps what was known where it meets %s', async (_name, answer, error) => {
    const { sink, kept } = createSink();
    await update(sink, ['kev'], network({ [kevAddress]: () => new Response(kevText) }));
    const epssAddress = 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz';
    const later = network({ [kevAddress]: answer, [epssAddress]: () => new Response(gzipSync(epssText)) });
    const results = await update(sink, ['kev', 'epss'], later);
    expect(results).toMatchObject([
      { source: 'kev', state: 'failed', error: expect.stringContaining(error) },
      { source: 'epss', state: 'updated', records: 1 },
    ]);
    expect(kept.get('kev')?.ids).toEqual(['CVE-2024-0001']);
  });

  it('asks mirrors that the environment names, and no others', async () => {
    const { fetch, asked } = network({
      'https://mirror.example/a.json': () => new Response(osvText('GHSA-a')),
      'http://mirror.example/b.json': () => new Response(osvText('GHSA-b')),
    });
    const { sink, kept } = createSink();
    await update(sink, ['osv'], { fetch, env: { PLIMSOLL_ADVISORY_OSV: 'https://mirror.example/a.json, http://mirror.example/b.json' } });
    expect(asked.map(({ url }) => url)).toEqual(['https://mirror.example/a.json', 'http://mirror.example/b.json']);
    expect(kept.get('osv')?.ids).toEqual(['GHSA-a', 'GHSA-b']);
  });

  it.each(['file:///etc/passwd', 'mirror'])('asks no mirror %s', async (address) => {
    const { fetch, asked } = network({});
    const [result] = await update(createSink().sink, ['debian-tracker'], { fetch, env: { PLIMSOLL_ADVISORY_DEBIAN_TRACKER: address } });
    expect(result).toMatchObject({ state: 'failed', error: expect.stringContaining('no http address') });
    expect(asked).toEqual([]);
  });

  it('does nothing where the network is switched off', async () => {
    const { fetch, asked } = network({});
    await expect(update(createSink().sink, [], { fetch, offline: true })).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(asked).toEqual([]);
  });

  it('ends where it is cancelled, and calls that no failure', async () => {
    const controller = new AbortController();
    const { fetch } = network({
      [kevAddress]: () => {
        controller.abort();
        throw new DOMException('aborted', 'AbortError');
      },
    });
    const { sink, failed } = createSink();
    await expect(update(sink, ['kev'], { fetch, signal: controller.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(failed.size).toBe(0);
  });

  it('follows the texts that lead to a document, and keeps no older one', async () => {
    const list = 'https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list';
    const newer = 'https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list';
    let day = 1;
    const index = () => new Response(`<repomd><data type="updateinfo"><location href="repodata/${day}-updateinfo.xml"/></data></repomd>`);
    const update2 =
      '<updates><update><id>ALAS2-2021-1</id><references><reference id="CVE-2021-0001"/></references><pkglist><package name="curl" version="1" release="1.amzn2"/></pkglist></update></updates>';
    const { fetch, asked } = network({
      [list]: () => new Response('https://cdn.example/2/\n'),
      [newer]: () => new Response('https://cdn.example/2023/\n'),
      'https://cdn.example/2/repodata/repomd.xml': index,
      'https://cdn.example/2023/repodata/repomd.xml': index,
      'https://cdn.example/2/repodata/1-updateinfo.xml': () => new Response(update2),
      'https://cdn.example/2/repodata/2-updateinfo.xml': () => new Response(update2.replaceAll('2021', '2022')),
    });
    const { sink, kept } = createSink();
    await update(sink, ['amazon'], { fetch });
    expect(kept.get('amazon')?.ids).toEqual(['CVE-2021-0001']);
    day = 2;
    await update(sink, ['amazon'], { fetch });
    expect(kept.get('amazon')?.ids).toEqual(['CVE-2022-0001']);
    expect((await readdir(path.join(folder, 'amazon'))).filter((name) => name.endsWith('.xml'))).toEqual(['0-repodata-2-updateinfo.xml']);
    expect(asked.map(({ url }) => url)).toContain(newer);
    const ended = network({
      [list]: () => new Response('https://cdn.example/2/'),
      'https://cdn.example/2/repodata/repomd.xml': index,
      'https://cdn.example/2/repodata/2-updateinfo.xml': () => new Response(update2.replaceAll('2021', '2022')),
    });
    expect(await update(sink, ['amazon'], { fetch: ended.fetch })).toMatchObject([{ state: 'unchanged' }]);
  });

  it.each([
    ['is not there, as no other is', () => new Response('', { status: 404 }), 'none of the documents'],
    ['is kept from us', () => new Response('', { status: 403 }), 'the server answered 403'],
    ['leads to no web address', () => new Response('file:///etc/ \n'), 'is no http address'],
    ['never ends', () => new Response('a'.repeat(2 * 1024 * 1024)), 'LIMIT_EXCEEDED'],
  ])('says that a text that should lead to a document %s', async (_name, answer, error) => {
    const { fetch } = network({ 'https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list': answer });
    const [result] = await update(createSink().sink, ['amazon'], { fetch });
    expect(result).toMatchObject({ state: 'failed', error: expect.stringContaining(error) });
  });

  it('tries every source there is, but those that are fetched on request', async () => {
    const results = await update(createSink().sink, [], { fetch: network({}).fetch });
    const everyone = (advisorySources as readonly AdvisorySource[]).filter(({ onRequest }) => !onRequest);
    expect(results.map(({ source, state }) => `${source} ${state}`)).toEqual(everyone.map(({ id }) => `${id} failed`));
  });
});
