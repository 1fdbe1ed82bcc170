import { readDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseLifecycles } from './parse.ts';

const MAX_DOCUMENT = 64 * 1024 * 1024;

/** Until when distributions and runtimes are supported by their makers. */
export const endoflife: AdvisorySource = {
  id: 'endoflife',
  title: 'endoflife.date',
  license: 'MIT',
  ecosystems: [],
  addresses: ['https://endoflife.date/api/v1/products/full'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return (
      (text.includes('"eolFrom"') && /"result"\s*:\s*\[/.test(text)) ||
      (text.includes('"releaseCycle"') && /"releases"\s*:\s*\[/.test(text))
    );
  },
  async *parse(document) {
    for (const lifecycle of parseLifecycles(await readDocument(document, MAX_DOCUMENT))) yield { kind: 'lifecycle', lifecycle };
  },
};
