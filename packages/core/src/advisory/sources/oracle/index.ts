import { streamDocument } from '../../shared/documents.ts';
import { xmlElements } from '../../shared/xml.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseDefinition } from './parse.ts';

/** Announcements of Oracle Linux. */
export const oracle: AdvisorySource = {
  id: 'oracle',
  title: 'Oracle Linux security announcements',
  license: 'as Oracle publishes it',
  ecosystems: ['oracle'],
  addresses: ['https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return text.includes('<oval_definitions') && text.includes('com.oracle.elsa:def:');
  },
  async *parse(document) {
    for await (const definition of xmlElements(streamDocument(document), new Set(['definition']))) {
      for (const advisory of parseDefinition(definition)) yield { kind: 'advisory', advisory };
    }
  },
};
