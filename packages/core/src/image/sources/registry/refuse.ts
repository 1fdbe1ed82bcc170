import { collect } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import { documentPatience, readBody } from './body.ts';

const MAX_ERROR_BODY = 64 * 1024;

/** The error that a registry's refusal means to a user. */
export async function refuse(response: Response, what: string): Promise<AppError> {
  const said = await reasonOf(response);
  const message = `the ${what} was refused: ${response.status}${said ? ` ${said}` : ''}`;
  switch (response.status) {
    case 401:
    case 403:
      return new AppError('REGISTRY_DENIED', message, { hint: 'log in with docker login, and check the name' });
    case 404:
      return new AppError('IMAGE_NOT_FOUND', `the ${what} is not there`, { hint: 'check the name and the tag' });
    case 429: {
      const after = response.headers.get('retry-after');
      return new AppError('REGISTRY_RATE_LIMITED', message, {
        hint: after ? `try again after ${after.slice(0, 40)}` : 'try again later, or log in',
      });
    }
    default:
      return new AppError('REGISTRY_UNREACHABLE', message, { hint: 'try again later' });
  }
}

/** `{ "errors": [{ "code", "message" }] }`, bounded, printable characters only. */
async function reasonOf(response: Response): Promise<string> {
  try {
    const bytes = await collect(readBody(response.body, documentPatience), MAX_ERROR_BODY, 'the error');
    const { errors } = JSON.parse(new TextDecoder().decode(bytes)) as { errors?: readonly { code?: unknown; message?: unknown }[] };
    const [first] = errors ?? [];
    return `${first?.code ?? ''} ${first?.message ?? ''}`
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, 200);
  } catch {
    return '';
  }
}
