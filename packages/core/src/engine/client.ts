import { type IncomingMessage, request } from 'node:http';
import { collect, parseJson } from '../util/bytes.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import type { EngineAddress } from './address.ts';

/** Lists of thousands of containers are some megabytes. */
const MAX_ANSWER = 32 * 1024 * 1024;
/** Milliseconds until an answer must have begun, and that it may be silent. */
const ANSWER_TIMEOUT = 30_000;

/** What the engine answered. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: IncomingMessage;
}

/** A request to the engine. */
export interface EngineRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until an answer must have begun, and that it may be silent; a pull begins when the registry has answered. */
  readonly patience?: number;
}

/** Sends requests to an engine. `fetch` speaks to no socket file. Throws `ENGINE_UNREACHABLE`, `CANCELLED`. */
export function createEngineClient(address: EngineAddress) {
  return {
    send({ method = 'GET', path, headers = {}, patience = ANSWER_TIMEOUT }: EngineRequest, context: Context): Promise<EngineAnswer> {
      throwIfCancelled(context);
      return new Promise((resolve, reject) => {
        const fail = (cause: unknown) =>
          reject(
            context.signal?.aborted
              ? new AppError('CANCELLED', 'cancelled')
              : new AppError('ENGINE_UNREACHABLE', `the container engine does not answer: ${messageOf(cause)}`, {
                  cause,
                  hint: 'is it running, and may this user speak to it?',
                }),
          );
        const sent = request(
          {
            ...address,
            method,
            path,
            headers: { Host: 'engine', ...headers },
            agent: false,
            ...(context.signal && { signal: context.signal }),
          },
          (body) => {
            clearTimeout(timer);
            body.setTimeout(patience, () => body.destroy(new Error(`nothing more within ${patience / 1000} s`)));
            body.on('error', () => {}); // who reads it is told
            resolve({ status: body.statusCode ?? 0, body });
          },
        );
        const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${patience / 1000} s`)), patience);
        sent.on('error', (cause) => {
          clearTimeout(timer);
          fail(cause);
        });
        sent.end();
      });
    },

    /** The whole answer as JSON; undefined for 404. Throws `ENGINE_UNREACHABLE` for any other refusal. */
    async ask(wanted: EngineRequest, context: Context): Promise<unknown> {
      const { status, body } = await this.send(wanted, context);
      const bytes = await collect(body, MAX_ANSWER, 'the engine’s answer').catch((cause: unknown) => {
        throwIfCancelled(context);
        if (isAppError(cause)) throw cause;
        throw new AppError('ENGINE_UNREACHABLE', `the container engine broke off: ${messageOf(cause)}`, { cause, hint: 'try again' });
      });
      if (status === 404) return undefined;
      if (status < 200 || status >= 300)
        throw new AppError('ENGINE_UNREACHABLE', `the container engine refused: ${wordsOf(bytes, status)}`);
      return bytes.length === 0
        ? undefined
        : parseJson(bytes, (cause) => new AppError('ENGINE_UNREACHABLE', 'the engine’s answer is no JSON', { cause }));
    },
  };
}

/** The engine's own words: `{ "message": ... }`, of Podman also `cause`. */
export function wordsOf(bytes: Uint8Array, status: number): string {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message).slice(0, 500);
  } catch {
    // said by its number
  }
  return `status ${status}`;
}
