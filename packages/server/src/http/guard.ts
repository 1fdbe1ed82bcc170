import { isIP } from 'node:net';
import { AppError } from '@plimsoll/core';
import type { MiddlewareHandler } from 'hono';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const WILDCARDS = new Set(['0.0.0.0', '[::]']);

/**
 * Refuses what a page of another site makes a browser send: requests under a name that is not this server's (DNS rebinding), and
 * requests from another origin that change something. Clients that are no browser send neither header and pass.
 * @param host the address listened on
 * @param names further names this server goes by
 */
export function guard(host: string, names: readonly string[]): MiddlewareHandler {
  const own = hostnameOf(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
  const known = new Set([own, ...names.map((name) => name.toLowerCase())]);
  return async (c, next) => {
    const given = c.req.header('host') ?? new URL(c.req.url).host;
    const name = hostnameOf(given);
    if (name === undefined || !(isLoopback(name) || known.has(name) || (WILDCARDS.has(own ?? '') && isAddress(name)))) {
      throw new AppError('REQUEST_REFUSED', `this server does not go by the name ${given.slice(0, 200)}`, {
        hint: 'use the address the server printed when it started',
      });
    }
    if (CHANGING.has(c.req.method) && isForeign(given, c.req.header('sec-fetch-site'), c.req.header('origin'))) {
      throw new AppError('REQUEST_REFUSED', 'a page of another site may not change anything here');
    }
    await next();
  };
}

function isForeign(host: string, site: string | undefined, origin: string | undefined): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

/** `[::1]:7717` -> `[::1]`; undefined for what is no host. */
function hostnameOf(host: string): string | undefined {
  if (/[/@?#\\\s]/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname;
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'));
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
