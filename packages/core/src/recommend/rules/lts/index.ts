import { parseTag } from '../../shared/tag.ts';
import type { RecommendationRule } from '../../types.ts';

const JAVA_LTS: ReadonlySet<number> = new Set([8, 11, 17, 21, 25, 29]);

/** Which versions of a repository are supported for long. Who is on one should not be moved off it for a count that looks better. */
export const lts: RecommendationRule = {
  id: 'lts',
  judge({ record: candidate }, { record: current }) {
    const offered = isLongTerm(candidate.repository, parseTag(candidate.tag).version);
    const used = isLongTerm(current.repository, parseTag(current.tag).version);
    if (offered === undefined || used === undefined || offered === used) return [];
    if (used) return [{ kind: 'disadvantage', text: 'Not a long-term support version', weight: -5 }];
    return [{ kind: 'benefit', text: 'Long-term support version', weight: 1 }];
  },
};

/** Undefined where the repository has no such notion, or the tag names no version. */
function isLongTerm(repository: string, [major, minor]: readonly number[]): boolean | undefined {
  if (major === undefined) return undefined;
  const name = repository.split('/').at(-1) ?? '';
  // https://nodejs.org/en/about/previous-releases: even majors
  if (name === 'node') return major % 2 === 0;
  // https://ubuntu.com/about/release-cycle: April of even years
  if (name === 'ubuntu') return major % 2 === 0 && (minor === undefined || minor === 4);
  // https://www.oracle.com/java/technologies/java-se-support-roadmap.html
  if (/(?:openjdk|temurin|corretto|zulu|liberica|semeru|sapmachine|jre|jdk)/.test(name)) return JAVA_LTS.has(major);
  // https://dotnet.microsoft.com/platform/support/policy: even majors
  if (['sdk', 'aspnet', 'runtime', 'runtime-deps'].includes(name)) return major % 2 === 0;
  return undefined;
}
