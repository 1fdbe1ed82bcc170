import type { Match } from '@plimsoll/model';
import { fitsImage, type ImageNames } from './image-name.ts';
import { fitsPackage, type Purl } from './purl.ts';
import type { VexDocument, VexProduct, VexStatement } from './types.ts';

/** A statement, and the document it stands in. */
export interface Said {
  readonly statement: VexStatement;
  readonly document: VexDocument;
}

/** A package that a statement may be about, and the one that owns its files. */
export interface Stated {
  readonly purl: string;
  readonly ownerPurl?: string;
}

/** Finds what was said last of a match: by vulnerability first, so that a document of thousands of statements costs little. */
export function createStatements(
  documents: readonly VexDocument[],
  image: ImageNames,
  readPurl: (text: string) => Purl | undefined,
): (found: Match, subject: Stated) => Said | undefined {
  const byId = new Map<string, Said[]>();
  for (const document of documents) {
    for (const statement of document.statements) {
      for (const id of new Set(statement.vulnerabilities.map((text) => text.toUpperCase()))) {
        const list = byId.get(id);
        if (list) list.push({ statement, document });
        else byId.set(id, [{ statement, document }]);
      }
    }
  }
  return (found, subject) => {
    let last: Said | undefined;
    for (const id of [found.id, ...found.aliases]) {
      for (const said of byId.get(id.toUpperCase()) ?? []) {
        if (last && said.statement.time < last.statement.time) continue;
        if (said.statement.products.some((product) => fits(product, subject))) last = said;
      }
    }
    return last;
  };

  /** A part is meant in its product: in the image, or in the package that owns it. */
  function fits({ ids, parts }: VexProduct, { purl, ownerPurl }: Stated): boolean {
    if (!parts) return ids.some((id) => isImage(id) || isPackage(id, purl));
    return (
      parts.some((part) => isPackage(part, purl)) && ids.some((id) => isImage(id) || (ownerPurl !== undefined && isPackage(id, ownerPurl)))
    );
  }

  function isImage(id: string): boolean {
    const stated = readPurl(id);
    return stated ? fitsImage(stated, image) : image.texts.has(id);
  }

  function isPackage(id: string, purl: string): boolean {
    const [stated, own] = [readPurl(id), readPurl(purl)];
    return stated !== undefined && own !== undefined && fitsPackage(stated, own);
  }
}
