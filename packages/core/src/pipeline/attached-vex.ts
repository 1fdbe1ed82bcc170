import type { Diagnostic } from '@plimsoll/model';
import { readVex } from '../exception/parse-vex.ts';
import type { Exceptions, VexDocument } from '../exception/types.ts';
import type { Image } from '../image/types.ts';
import { isAppError } from '../util/errors.ts';
import { sha256 } from '../util/hash.ts';

/** Documents of one image; more are not a publisher's. */
const MAX_DOCUMENTS = 16;

/**
 * VEX documents that are attached to an image. They are not authenticated: whoever may push to the repository may attach one, so they are read only where a
 * person asks for it. A statement that names no product is of the image it is attached to. What cannot be read becomes a diagnostic.
 */
export async function readAttachedVex(image: Image): Promise<Omit<Exceptions, 'rules'>> {
  const documents: VexDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  const { digest } = image.description;
  const attempt = async (read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      const message = `a VEX document that is attached to ${image.description.name} cannot be read: ${error.message}`;
      diagnostics.push({ code: 'VEX_UNREADABLE', message, author: 'exceptions' });
    }
  };
  await attempt(async () => {
    const attached = (await image.attached()).filter(({ kind }) => kind === 'vex');
    for (const one of attached.slice(0, MAX_DOCUMENTS)) {
      await attempt(async () => {
        const { predicate } = await one.read();
        const document = readVex(predicate, `attached to the image (${one.digest.slice(0, 19)})`);
        const statements = document.statements.map((said) =>
          said.products.length > 0 ? said : { ...said, products: [{ ids: [digest] }] },
        );
        documents.push({ ...document, statements });
      });
    }
  });
  return { documents, diagnostics, fingerprint: sha256(JSON.stringify([documents, diagnostics])) };
}
