import { compareVersions } from '../../packages/core/src/version/compare.ts';
import { versionSchemes } from '../../packages/core/src/version/registry.ts';
import type { SchemeId } from '../../packages/core/src/version/types.ts';

/** A line of a table of versions; each table has some of these. */
export interface Row {
  readonly a?: string;
  readonly b?: string;
  readonly op?: string;
  readonly version?: string;
  readonly parse?: string;
  readonly valid?: boolean;
  readonly ordered?: readonly string[];
  readonly prerelease?: boolean;
  readonly requirement?: string;
  readonly satisfied?: boolean;
  readonly kind?: string;
  readonly args?: readonly unknown[];
  readonly test?: string;
  readonly specifier?: string;
  readonly spec_str?: string;
  readonly prereleases?: boolean | null;
  readonly spec_pre?: boolean | null;
  readonly contains_pre?: boolean | null;
  readonly expected?: boolean;
}

/** What a scheme makes of a row: nothing if it is right, what is wrong, or why the row says nothing of an order. */
export type Verdict = undefined | { readonly wrong: string } | { readonly not: string };

type Order = -1 | 0 | 1;

const ORDERS: Readonly<Record<string, readonly Order[]>> = {
  '<': [-1],
  '<=': [-1, 0],
  '=': [0],
  '==': [0],
  '>=': [0, 1],
  '>': [1],
  '!=': [-1, 1],
  // apk's: not even alike; older and newer than all that are alike.
  '!~': [-1, 1],
  '<~': [-1],
  '>~': [1],
};

/** Judges a row of the tables by a scheme. */
export function judge(scheme: SchemeId, row: Row): Verdict {
  if (row.kind !== undefined) return judgeNpm(row.kind, row.args ?? []);
  if (row.ordered) return judgeOrdered(scheme, row.ordered);
  if (row.requirement !== undefined) return judgeRequirement(row);
  if (row.test !== undefined) return judgeSpecifier(row);
  if (row.op === '~') return judgeAlike(row);
  if (row.op !== undefined) return judgeOrder(scheme, row.a ?? '', row.op, row.b ?? '');
  if (row.prerelease !== undefined) return judgeOrder(scheme, row.a ?? '', row.prerelease ? '<' : '=', releaseOf(row.a ?? ''));
  return judgeValid(scheme, row.version ?? row.parse ?? '', row.valid ?? false);
}

function judgeOrder(scheme: SchemeId, a: string, op: string, b: string): Verdict {
  const found = compareVersions(scheme, a, b);
  const sound = holds(scheme, a, op, b) && found + compareVersions(scheme, b, a) === 0;
  return sound ? undefined : { wrong: `${a} ${op} ${b}: ${found}` };
}

function holds(scheme: SchemeId, a: string, op: string, b: string): boolean {
  return ORDERS[op]?.includes(compareVersions(scheme, a, b)) ?? false;
}

function judgeOrdered(scheme: SchemeId, versions: readonly string[]): Verdict {
  for (const [position, version] of versions.entries()) {
    for (const later of versions.slice(position + 1)) {
      const verdict = judgeOrder(scheme, version, '<', later);
      if (verdict) return verdict;
    }
  }
  return undefined;
}

function judgeValid(scheme: SchemeId, version: string, valid: boolean): Verdict {
  const found = versionSchemes.find(({ id }) => id === scheme)?.valid(version);
  return found === valid ? undefined : { wrong: `${version} is taken: ${found}` };
}

/** `0.1_pre2 ~ 1234abcd` is a version with a commit, cut in two; `3.6.0 ~ 3.6` says that they are alike. */
function judgeAlike({ a = '', b = '' }: Row): Verdict {
  if (!/[a-z]/.test(b)) return { not: 'to be alike is no order' };
  return judgeValid('apk', `${a.replace(/^!/, '')}~${b}`, !a.startsWith('!'));
}

function judgeRequirement({ version = '', requirement = '', satisfied }: Row): Verdict {
  const [, op = '=', bound = ''] = /^\s*(~>|[<>=!]*)\s*(\S*)\s*$/.exec(requirement) ?? [];
  const found =
    op === '~>'
      ? holds('gem', version, '>=', bound) && holds('gem', releaseOf(version), '<', bumped(bound))
      : holds('gem', version, op || '=', bound);
  return found === satisfied ? undefined : { wrong: `${version} ${requirement}: ${found}` };
}

/** `1.2.d.42` and `1.2-1` without what makes them pre-releases. */
function releaseOf(version: string): string {
  return version.replace(/[.-]?[A-Za-z-].*$/, '');
}

/** The end of `~>`: the last number but one, plus one. */
function bumped(bound: string): string {
  const numbers = releaseOf(bound).split('.').map(Number);
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return kept.with(-1, (kept.at(-1) ?? 0) + 1).join('.');
}

/** Python's specifiers: where the order alone decides. Pre-releases, `===`, `~=`, `.*` and local versions are matters of their resolver. */
function judgeSpecifier(row: Row): Verdict {
  const { version = '', expected } = row;
  const clauses = (row.specifier ?? row.spec_str ?? '').split(',').map((clause) => /^\s*(>=|<=|==|!=|>|<)\s*(\d[\w.!]*)\s*$/.exec(clause));
  if (expected === undefined) return { not: 'states no answer' };
  if (clauses.includes(null)) return { not: 'is more than bounds' };
  if (!versionSchemes.find(({ id }) => id === 'pep440')?.valid(version)) return { not: 'is about what is no version' };
  const pre = /(?:a|b|rc|dev)\d*/i.test(version);
  const wanted = row.contains_pre ?? row.spec_pre ?? row.prereleases;
  if (pre && (wanted !== true || expected === false)) return { not: 'is about whether pre-releases are wanted' };
  if (/\+|post/.test(version + (row.specifier ?? ''))) return { not: 'is about local versions and posts, which < and > leave out' };
  const found = clauses.every((clause) => holds('pep440', version, clause?.[1] ?? '', clause?.[2] ?? ''));
  return found === expected ? undefined : { wrong: `${version} ${row.specifier ?? row.spec_str}: ${found}` };
}

/** The tables of npm's semver. Its grammar of ranges is read by no scheme: ranges of bounds alone are. */
function judgeNpm(kind: string, args: readonly unknown[]): Verdict {
  const [first, second] = args.map((argument) => (typeof argument === 'string' ? argument : ''));
  const [a = '', b = ''] = [first, second];
  if (kind === 'comparisons') return judgeOrder('semver', a, '>', b);
  if (kind === 'equality') return judgeOrder('semver', a, '=', b);
  if (kind === 'valid-versions') return judgeValid('semver', a, true);
  if (kind === 'invalid-versions') return typeof args[0] === 'string' ? judgeValid('semver', a, false) : { not: 'is no text' };
  if (kind === 'increments') {
    const [, , result] = args;
    return typeof result === 'string' ? judgeOrder('semver', result, '>', a) : { not: 'is refused' };
  }
  const sets = a.split('||').map((set) => [...set.matchAll(/\s*(>=|<=|>|<|=)?\s*v?(\d+\.\d+\.\d+(?:-[\w.-]+)?)(?:\+\S*)?(?=\s|$)/g)]);
  const bare = a
    .split('||')
    .every((set, position) => sets[position]?.map(([text]) => text).join('') === set.trimEnd() && set.trim() !== '');
  if (!bare || !/^(?:range-(?:in|ex)clude|version-(?:not-)?[gl]t-range)$/.test(kind))
    return { not: 'is about the grammar of npm’s ranges' };
  const every = (fails: (op: string, bound: string) => boolean) =>
    sets.every((set) => set.some(([, op = '=', bound = '']) => fails(op, bound)));
  const above = every((op, bound) => !op.includes('>') && !holds('semver', b, op, bound) && holds('semver', b, '>=', bound));
  const below = every((op, bound) => !op.includes('<') && !holds('semver', b, op, bound) && holds('semver', b, '<=', bound));
  const outside = every((op, bound) => !holds('semver', b, op, bound));
  if (kind === 'range-exclude' && b.includes('-') && !outside) return { not: 'is about whether pre-releases are wanted' };
  const found = { 'range-include': !outside, 'range-exclude': outside, 'version-gt-range': above, 'version-lt-range': below }[kind];
  const sound = found ?? (kind === 'version-not-gt-range' ? !above : !below);
  return sound ? undefined : { wrong: `${kind} ${a} ${b}` };
}
