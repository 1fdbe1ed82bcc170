import { readYaml } from '../../shared/yaml.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseRubySec } from './parse.ts';

/** Advisories about Ruby gems, and about Ruby itself. */
export const rubysec: AdvisorySource = {
  id: 'rubysec',
  title: 'Ruby Advisory Database',
  license: 'public domain; older entries took from OSVDB',
  ecosystems: ['gem'],
  addresses: ['https://github.com/rubysec/ruby-advisory-db/archive/refs/heads/master.zip'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^(?:gem|engine): \S/m.test(text) && /^title: /m.test(text) && /^url: /m.test(text);
  },
  parse: (document, context) =>
    readYaml(
      document,
      { source: 'rubysec', isRecord: (name) => /(?:^|\/)(?:gems|rubies)\/[^/]+\/[^/]+$/.test(name), toAdvisory: parseRubySec },
      context,
    ),
};
