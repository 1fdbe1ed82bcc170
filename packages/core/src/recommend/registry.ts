import { age } from './rules/age/index.ts';
import { inheritance } from './rules/inheritance/index.ts';
import { lts } from './rules/lts/index.ts';
import { os } from './rules/os/index.ts';
import { packages } from './rules/packages/index.ts';
import { prediction } from './rules/prediction/index.ts';
import { preview } from './rules/preview/index.ts';
import { size } from './rules/size/index.ts';
import { support } from './rules/support/index.ts';
import { variant } from './rules/variant/index.ts';
import { version } from './rules/version/index.ts';
import { vulnerabilities } from './rules/vulnerabilities/index.ts';
import type { RecommendationRule } from './types.ts';

/** Every rule, in the order in which its words are shown. */
export const rules = [
  prediction,
  vulnerabilities,
  version,
  lts,
  support,
  variant,
  os,
  age,
  size,
  packages,
  inheritance,
  preview,
] as const satisfies readonly RecommendationRule[];
