import type { Match } from '@plimsoll/model';
import type { Decided } from './fold.ts';
import type { Subject } from './types.ts';

type Suppression = NonNullable<Match['suppressed']>;

/**
 * Counts a vulnerability once where a package of the distribution owns a language package's files: python3-six owns six, and the distribution
 * fixes six in python3-six. Where the owner has the vulnerability, the owner's match counts; where the distribution says that the owner has it
 * fixed or never had it, none does. Where it says nothing, the language package's match stands.
 * `decided` has what was decided of each record of each owner, by package id.
 */
export function suppressOwned(
  matches: readonly Match[],
  subjects: readonly Subject[],
  decided: ReadonlyMap<string, readonly Decided[]>,
): readonly Match[] {
  if (decided.size === 0) return matches;
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const ofOwner = new Map<string, Match[]>();
  for (const found of matches) {
    if (!decided.has(found.packageId)) continue;
    const list = ofOwner.get(found.packageId);
    if (list) list.push(found);
    else ofOwner.set(found.packageId, [found]);
  }
  return matches.map((found) => {
    const ownerId = byId.get(found.packageId)?.ownedBy;
    const owner = ownerId === undefined ? undefined : byId.get(ownerId);
    if (!owner) return found;
    const suppressed = judgeOwned(found, owner, { matches: ofOwner.get(owner.id) ?? [], decided: decided.get(owner.id) ?? [] });
    return suppressed ? { ...found, suppressed } : found;
  });
}

/** What the owner's records make of a vulnerability of what it owns; undefined where they say nothing of it. */
function judgeOwned(
  found: Match,
  owner: Subject,
  { matches, decided }: { readonly matches: readonly Match[]; readonly decided: readonly Decided[] },
): Suppression | undefined {
  const ids = new Set([found.id, ...found.aliases]);
  if (matches.some(({ id, aliases }) => ids.has(id) || aliases.some((alias) => ids.has(alias))))
    return { by: 'owner', reason: `counted for ${owner.name}, which owns these files` };
  const answer = decided.find(({ found: record, decision }) => !decision.affected && !decision.elsewhere && speaksOf(record, ids));
  if (!answer || answer.decision.affected) return undefined;
  const { source } = answer.found;
  return {
    by: 'distro',
    reason: answer.decision.statement
      ? `${source} says that ${owner.name}, which owns these files, is not affected`
      : `${source} says that ${owner.name} ${owner.version}, which owns these files, does not have it: ${answer.decision.reason}`,
  };
}

/** Aliases are read from the store only where the id does not tell. */
function speaksOf({ id, advisory }: Decided['found'], ids: ReadonlySet<string>): boolean {
  return ids.has(id) || (!id.startsWith('CVE-') && advisory.aliases.some((alias) => ids.has(alias)));
}
