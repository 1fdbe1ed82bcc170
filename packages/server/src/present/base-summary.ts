import type { BaseRecord } from '@plimsoll/core';
import type { BaseSummary } from '@plimsoll/model';

/** One row of the base index. */
export function toBaseSummary({ name, repository, tag, digest, platform, created, size, origin, lastSeen }: BaseRecord): BaseSummary {
  return { name, repository, tag, digest, platform, ...(created !== undefined && { created }), size, origin, lastSeen };
}
