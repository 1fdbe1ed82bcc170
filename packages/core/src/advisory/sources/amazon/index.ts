import { streamDocument } from '../../shared/documents.ts';
import { xmlElements } from '../../shared/xml.ts';
import type { AdvisorySource } from '../../types.ts';
import { locateUpdates } from './locate.ts';
import { parseUpdate } from './parse.ts';

/** Announcements of Amazon Linux. */
export const amazon: AdvisorySource = {
  id: 'amazon',
  title: 'Amazon Linux security announcements',
  license: 'as Amazon publishes it',
  ecosystems: ['amazon'],
  addresses: [
    'https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list',
    'https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list',
  ],
  locate: locateUpdates,
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /<updates[\s>]/.test(text) && /<id>\s*ALAS/.test(text);
  },
  async *parse(document, context) {
    for await (const update of xmlElements(streamDocument(document), new Set(['update']))) {
      const advisories = parseUpdate(update);
      if (typeof advisories !== 'string') for (const advisory of advisories) yield { kind: 'advisory', advisory };
      else context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${advisories}`, author: 'amazon' });
    }
  },
};
