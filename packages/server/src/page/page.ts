import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pagePolicy } from '../http/headers.ts';
import { mediaTypes } from './media-types.data.ts';

const NOT_BUILT = `The web page of Plimsoll is not built yet.

Build it with:  npm run build -w @plimsoll/web
then load this page again. The HTTP API works without it: /api/openapi.json
`;

/** Segments of a path that may name a file: nothing hidden, nothing encoded, no way up. */
const FILE_SEGMENT = /^[\w@+~-][\w.@+~-]*$/;

/** Where the built page of `@plimsoll/web` lies; undefined where that package is not there. */
export function findPage(): string | undefined {
  try {
    return path.join(path.dirname(fileURLToPath(import.meta.resolve('@plimsoll/web/package.json'))), 'dist');
  } catch {
    return undefined;
  }
}

/**
 * Answers a GET outside the API: a file of the page, or `index.html` for an address that the page itself knows.
 * @returns undefined where there is neither
 */
export async function servePage(folder: string | undefined, url: URL, ifNoneMatch?: string): Promise<Response | undefined> {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const name = segments.join('/');
  if (folder !== undefined && name !== '' && name !== 'index.html' && segments.every((segment) => FILE_SEGMENT.test(segment))) {
    const file = await serveFile(folder, name, ifNoneMatch);
    if (file) return file;
  }
  const [first = ''] = segments;
  if (first === 'assets' || (first.includes('.') && name !== 'index.html')) return undefined;
  return serveIndex(folder);
}

async function serveFile(folder: string, name: string, ifNoneMatch: string | undefined): Promise<Response | undefined> {
  const file = path.join(folder, name);
  const found = await ignoreMissing(stat(file));
  if (!found?.isFile()) return undefined;
  const etag = `W/"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
  // Vite puts a hash of the content into the names under assets/.
  const cache = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = { ETag: etag, 'Cache-Control': cache, 'Content-Type': mediaTypes[path.extname(name)] ?? 'application/octet-stream' };
  if (ifNoneMatch === etag) return new Response(null, { status: 304, headers: { ETag: etag, 'Cache-Control': cache } });
  const bytes = await ignoreMissing(readFile(file));
  return bytes && new Response(bytes, { headers });
}

async function serveIndex(folder: string | undefined): Promise<Response> {
  const html = folder === undefined ? undefined : await ignoreMissing(readFile(path.join(folder, 'index.html'), 'utf8'));
  if (html === undefined) {
    return new Response(NOT_BUILT, { status: 503, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } });
  }
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`), {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Security-Policy': pagePolicy(nonce) },
  });
}

async function ignoreMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}
