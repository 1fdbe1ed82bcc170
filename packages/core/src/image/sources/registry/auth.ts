import { collect, parseJson } from '../../../util/bytes.ts';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError, isAppError, messageOf } from '../../../util/errors.ts';
import { documentPatience, headerValue, readBody } from './body.ts';
import { readCredentials } from './credentials.ts';
import { mayAsk } from './origin.ts';

/** Answers a registry's challenge and keeps what it takes to be let in. */
export interface Authorizer {
  headers(): Record<string, string>;
  /** Takes a 401 and the `Authorization` it was given to. True where the request is worth sending again. */
  answer(response: Response, sent: string | undefined): Promise<boolean>;
}

const MAX_TOKEN = 1024 * 1024;
/** Milliseconds until a realm must have answered, its token included. */
const TOKEN_TIMEOUT = 60_000;

/**
 * Anonymous first; on a challenge, basic or bearer with the credentials of the Docker configuration.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export function createAuthorizer(
  target: { readonly registry: string; readonly repository: string; readonly origin: string },
  context: Context,
): Authorizer {
  let authorization: string | undefined;
  let asking: Promise<string | undefined> | undefined;
  return {
    headers: () => (authorization === undefined ? {} : { Authorization: authorization }),
    // Tokens run out while large layers are read, and layers are read side by side: a token is asked for anew, once for all who wait.
    async answer(response, sent) {
      await response.body?.cancel();
      if (authorization === sent) {
        asking ??= meet(response.headers.get('www-authenticate') ?? '').finally(() => {
          asking = undefined;
        });
        authorization = await asking;
      }
      return authorization !== undefined && authorization !== sent;
    },
  };

  async function meet(header: string): Promise<string | undefined> {
    const challenge = parseChallenge(header);
    const credentials = await readCredentials(target.registry, context, target.repository);
    if (challenge?.scheme === 'basic' && credentials?.basic)
      return `Basic ${headerValue(credentials.basic, `the login for ${target.registry}`)}`;
    return challenge?.scheme === 'bearer' ? `Bearer ${await fetchToken(challenge.parameters, credentials)}` : undefined;
  }

  async function fetchToken(
    parameters: ReadonlyMap<string, string>,
    credentials: Awaited<ReturnType<typeof readCredentials>>,
  ): Promise<string> {
    const realm = parameters.get('realm') ?? '';
    const address = URL.canParse(realm) ? new URL(realm) : undefined;
    // Credentials leave for the realm that the registry names, so it must at least be private on the way.
    if (!address || !mayAsk(address, target.origin)) {
      throw new AppError('REGISTRY_DENIED', `${target.registry} asks for a token at an address that is not safe`);
    }
    address.searchParams.set('scope', parameters.get('scope') ?? `repository:${target.repository}:pull`);
    const service = parameters.get('service');
    if (service !== undefined) address.searchParams.set('service', service);
    const late = AbortSignal.timeout(TOKEN_TIMEOUT);
    const signal = { signal: context.signal ? AbortSignal.any([context.signal, late]) : late };
    const ask = credentials?.refreshToken
      ? context.fetch(new URL(address.origin + address.pathname), {
          method: 'POST',
          redirect: 'error',
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: credentials.refreshToken,
            client_id: 'plimsoll',
            service: service ?? '',
            scope: address.searchParams.get('scope') ?? '',
          }),
          ...signal,
        })
      : context.fetch(address, {
          redirect: 'error',
          headers: credentials?.basic
            ? { Authorization: `Basic ${headerValue(credentials.basic, `the login for ${target.registry}`)}` }
            : {},
          ...signal,
        });
    const response = await ask.catch((cause: unknown) => {
      throwIfCancelled(context);
      throw new AppError('REGISTRY_UNREACHABLE', `asking ${address.host} for a token failed: ${messageOf(cause)}`, { cause });
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError(
        'REGISTRY_DENIED',
        `${address.host} gave no token for ${target.registry}/${target.repository}: ${response.status}`,
        {
          hint: `log in with docker login ${target.registry}`,
        },
      );
    }
    const bytes = await collect(readBody(response.body, documentPatience), MAX_TOKEN, 'the token').catch((cause: unknown) => {
      if (isAppError(cause)) throw cause;
      throwIfCancelled(context);
      throw new AppError('REGISTRY_UNREACHABLE', `${address.host} broke off in the middle of a token: ${messageOf(cause)}`, { cause });
    });
    const value = parseJson(bytes, (cause) => new AppError('REGISTRY_DENIED', `${address.host} gave a token that is malformed`, { cause }));
    const { token, access_token: accessToken } = (value ?? {}) as { readonly token?: unknown; readonly access_token?: unknown };
    const found = token ?? accessToken;
    if (typeof found !== 'string' || found === '') throw new AppError('REGISTRY_DENIED', `${address.host} gave an answer without a token`);
    return headerValue(found, `the token of ${address.host}`);
  }
}

/** Reads `Bearer realm="...",service="...",scope="..."`: https://datatracker.ietf.org/doc/html/rfc9110#name-www-authenticate */
function parseChallenge(header: string): { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> } | undefined {
  const text = header.slice(0, 4096);
  const space = text.indexOf(' ');
  const scheme = (space === -1 ? text : text.slice(0, space)).toLowerCase();
  if (scheme === '') return undefined;
  const parameters = new Map<string, string>();
  for (const [, key = '', quoted, plain] of text.slice(scheme.length).matchAll(/([A-Za-z_]+)=(?:"([^"]*)"|([^",\s]+))/g)) {
    parameters.set(key.toLowerCase(), quoted ?? plain ?? '');
  }
  return { scheme, parameters };
}
