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
  const answers = new Map<string, ReadonlyMap<string, Decided>>();
  return matches.map((found) => {
    const ownerId = byId.get(found.packageId)?.ownedBy;
    const owner = ownerId === undefined ? undefined : byId.get(ownerId);
    if (!owner) return found;
    const ofIt = answers.get(owner.id) ?? answersById(decided.get(owner.id) ?? []);
    answers.set(owner.id, ofIt);
    const suppressed = judgeOwned(found, owner, { matches: ofOwner.get(owner.id) ?? [], answers: ofIt });
    return suppressed ? { ...found, suppressed } : found;
  });
}

/** What the owner's records make of a vulnerability of what it owns; undefined where they say nothing of it. */
function judgeOwned(
  found: Match,
  owner: Subject,
  { matches, answers }: { readonly matches: readonly Match[]; readonly answers: ReadonlyMap<string, Decided> },
): Suppression | undefined {
  const ids = [found.id, ...found.aliases];
  if (matches.some(({ id, aliases }) => ids.includes(id) || aliases.some((alias) => ids.includes(alias))))
    return { by: 'owner', reason: `counted for ${owner.name}, which owns these files` };
  const answer = ids.map((id) => answers.get(id)).find((one) => one !== undefined);
  if (!answer || answer.decision.affected) return undefined;
  const { source } = answer.found;
  return {
    by: 'distro',
    reason: answer.decision.statement
      ? `${source} says that ${owner.name}, which owns these files, is not affected`
      : `${source} says that ${owner.name} ${owner.version}, which owns these files, does not have it: ${answer.decision.reason}`,
  };
}

/** Records that say that an owner does not have a vulnerability, by its ids. Aliases are read from the store only where the id does not tell. */
function answersById(decided: readonly Decided[]): ReadonlyMap<string, Decided> {
  const answers = new Map<string, Decided>();
  for (const one of decided) {
    const { found, decision } = one;
    if (decision.affected || decision.elsewhere) continue;
    const aliases = found.id.startsWith('CVE-') ? [] : found.advisory.aliases;
    for (const id of [found.id, ...aliases]) if (!answers.has(id)) answers.set(id, one);
  }
  return answers;
}
