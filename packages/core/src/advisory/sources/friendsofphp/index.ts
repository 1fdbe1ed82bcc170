import { readYaml } from '../../shared/yaml.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseFriendsOfPhp } from './parse.ts';

/** Advisories about PHP packages of Composer. */
export const friendsofphp: AdvisorySource = {
  id: 'friendsofphp',
  title: 'PHP Security Advisories Database',
  license: 'Unlicense',
  ecosystems: ['composer'],
  addresses: ['https://github.com/FriendsOfPHP/security-advisories/archive/refs/heads/master.zip'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return /^reference: {1,20}['"]?composer:\/\//m.test(text) && /^branches:/m.test(text);
  },
  parse: (document, context) =>
    readYaml(
      document,
      { source: 'friendsofphp', isRecord: (name) => /[^/]+\/[^/]+\/[^/]+\.yaml$/.test(name), toAdvisory: parseFriendsOfPhp },
      context,
    ),
};
