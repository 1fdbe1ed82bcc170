import type { Cataloger } from '../../types.ts';
import { isGemspec, parseGemspec } from './parse.ts';

/** Ruby gems as they are installed, those that come with Ruby too: the gemspecs that RubyGems writes. */
export const ruby: Cataloger = {
  id: 'ruby',
  types: ['gem'],
  version: 1,
  maxBytes: 4 * 1024 * 1024,
  claims: isGemspec,
  catalog: ({ bytes }) => parseGemspec(bytes),
};
