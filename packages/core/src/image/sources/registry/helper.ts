import { spawn } from 'node:child_process';
import { z } from 'zod';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { messageOf } from '../../../util/errors.ts';
import type { Credentials } from './credentials.ts';

const MAX_ANSWER = 64 * 1024;
/** Milliseconds: a person may have to unlock a key ring. */
const PATIENCE = 60_000;

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

/** What a helper says where it has no login: that is no fault. */
const NONE = /credentials not found|no credentials|not found in native keychain/i;

/**
 * Asks a credential helper for the login of a server: runs `docker-credential-<name> get`, never through a shell, the server on its standard input.
 * Undefined where it has none. Throws an `Error` that a person can read where it cannot be run, fails, takes too long or says too much; `CANCELLED`.
 * https://github.com/docker/docker-credential-helpers#development
 */
export async function askHelper(
  name: string,
  server: string,
  context: Context,
  { patience = PATIENCE }: { readonly patience?: number } = {},
): Promise<Credentials | undefined> {
  throwIfCancelled(context);
  // A name with a slash would be a path, and one that begins with a dash or dot is none.
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name)) throw new Error('the configuration names a credential helper that is no name');
  const program = `docker-credential-${name}`;
  const { code, text } = await run(program, server, patience, context).catch((cause: unknown) => {
    throwIfCancelled(context);
    throw new Error(`the credential helper ${program} cannot be asked: ${messageOf(cause)}`, { cause });
  });
  if (code !== 0) {
    if (NONE.test(text)) return undefined;
    throw new Error(`the credential helper ${program} fails: ${printable(text) || `exit code ${code}`}`);
  }
  const read = answerSchema.safeParse(parse(text));
  if (!read.success) throw new Error(`the credential helper ${program} gives an answer that is malformed`);
  const { Username: user, Secret: secret } = read.data;
  if (secret === '') return undefined;
  return user === '<token>' ? { refreshToken: secret } : { basic: Buffer.from(`${user}:${secret}`).toString('base64') };
}

/** What the program wrote to standard output, and how it ended; it is killed where it goes past its bounds. */
function run(
  program: string,
  input: string,
  patience: number,
  context: Context,
): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env: context.env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: false,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (why: string) => {
      child.kill('SIGKILL');
      child.stdout.destroy(); // a child of its own may hold it open
      reject(new Error(why));
    };
    const giveUp = () => end('given up');
    const timer = setTimeout(() => end(`no answer within ${patience / 1000} s`), patience);
    context.signal?.addEventListener('abort', giveUp, { once: true });
    const settle = () => {
      clearTimeout(timer);
      context.signal?.removeEventListener('abort', giveUp);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_ANSWER) end(`it says more than ${MAX_ANSWER} bytes`);
      else chunks.push(chunk);
    });
    child.stdin.on('error', () => {}); // it need not read what it is asked
    child.on('error', (error) => {
      settle();
      reject(isMissing(error) ? new Error('it is not installed') : error);
    });
    child.on('close', (code) => {
      settle();
      resolve({ code, text: Buffer.concat(chunks).toString() });
    });
    child.stdin.end(`${input}\n`);
  });
}

function isMissing(error: Error): boolean {
  return 'code' in error && error.code === 'ENOENT';
}

function printable(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
