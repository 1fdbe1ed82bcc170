import { countSeverities, type Match, type Package, type PlanAction, type SeverityCounts } from '@plimsoll/model';
import type { WeighedAdvice, WeighedCandidate } from '../advise-base.ts';
import { missingFrom } from '../shared/counts.ts';
import { riskOf } from '../shared/risk.ts';
import { isOsPackage } from '../simulate/split.ts';
import type { RecommendInput } from '../types.ts';
import { keyOf, type PackageOption, packageOptions } from './options.ts';

/** More steps than this nobody takes. */
const MOST_STEPS = 5;
/** A step that takes away less than this share of the image's risk is not worth its work. */
const LEAST_SHARE = 0.02;
/** How much work a step is, against the others: changing a base asks for tests, a refresh for a rebuild alone. */
const WORK: Readonly<Record<PlanAction['kind'], number>> = {
  'refresh-base': 1,
  'upgrade-packages': 1.5,
  'change-base': 2.5,
  'remove-packages': 1.5,
};
/** What is known to be exploited weighs this many times. */
const EXPLOITED = 4;

/** The image after the steps taken so far. */
interface State {
  readonly packages: readonly Package[];
  readonly matches: readonly Match[];
  readonly estimated: ReadonlySet<string>;
  readonly base: WeighedCandidate | undefined;
}

interface Step {
  readonly action: Omit<PlanAction, 'removes' | 'adds' | 'after'>;
  readonly next: State;
}

/**
 * The fewest steps that take most of the risk away, in the order to take them: at each point the step that takes away most for its work,
 * until none takes away enough. A base is changed at most once, and what follows is counted on the new one.
 */
export function makePlan(input: RecommendInput, nearest: WeighedAdvice | undefined): readonly PlanAction[] {
  const start: State = { packages: input.inventory.packages, matches: input.matches, estimated: new Set(), base: undefined };
  const whole = weigh(start.matches);
  if (whole === 0) return [];
  const ownFirst = input.links.at(-1)?.layers[0] ?? 0;
  const plan: PlanAction[] = [];
  for (let state = start; plan.length < MOST_STEPS; ) {
    const now = weigh(state.matches);
    const gainOf = ({ next }: Step) => now - weigh(next.matches);
    const [best] = stepsFrom(state, nearest, ownFirst)
      .filter((step) => gainOf(step) >= whole * LEAST_SHARE)
      .toSorted((a, b) => gainOf(b) / WORK[b.action.kind] - gainOf(a) / WORK[a.action.kind]);
    if (!best) break;
    plan.push({ ...best.action, ...changeOf(state.matches, best.next.matches), after: countSeverities(best.next.matches) });
    state = best.next;
  }
  return plan;
}

function weigh(matches: readonly Match[]): number {
  return riskOf(countSeverities(matches)) + (EXPLOITED - 1) * riskOf(countSeverities(matches.filter(({ kev }) => kev !== undefined)));
}

function stepsFrom(state: State, nearest: WeighedAdvice | undefined, ownFirst: number): readonly Step[] {
  const bases = state.base || !nearest ? [] : [...nearest.refresh, ...nearest.change].flatMap((found) => baseStep(found, nearest));
  // A simulated package of the base's is marked as such; of the image itself the layer tells.
  const isOwn = (found: Package) => (state.base ? !found.id.startsWith('base ') : found.introducedIn >= ownFirst);
  return [...bases, ...packageOptions(state.packages, state.matches, isOwn).map((option) => packageStep(option, state))];
}

function baseStep(base: WeighedCandidate, { advice, refresh }: WeighedAdvice): readonly Step[] {
  const { candidate, simulated } = base;
  if (!simulated) return [];
  const isRefresh = refresh.includes(base);
  const { packages, matches, estimated } = simulated;
  return [
    {
      action: {
        kind: isRefresh ? 'refresh-base' : 'change-base',
        title: isRefresh ? `Refresh ${candidate.name}` : `Change the base from ${advice.current.name} to ${candidate.name}`,
        base: advice.current.name,
        candidate: candidate.name,
        candidateDigest: candidate.digest,
        packages: [],
        estimated: estimated.size > 0,
        dockerfile: isRefresh ? [] : [candidate.dockerfile],
        commands: candidate.commands,
      },
      next: { packages, matches, estimated, base },
    },
  ];
}

function packageStep({ removes, ...option }: PackageOption, state: State): Step {
  const { packages } = option;
  // An upgrade through the distribution takes whatever its archive has.
  const estimated = option.kind === 'upgrade-packages' && packages.some(({ type }) => isOsPackage({ type: type as Package['type'] }));
  return {
    action: { ...option, estimated },
    next: { ...state, matches: state.matches.filter((found) => !removes.has(keyOf(found))) },
  };
}

/** What goes and what comes, severity by severity; one vulnerability of one package is told apart by ids, so a moved one counts as neither. */
function changeOf(before: readonly Match[], after: readonly Match[]): { readonly removes: SeverityCounts; readonly adds: SeverityCounts } {
  const name = ({ id, packageId }: Match) => `${id} ${packageId.replace(/^(?:base|anew) /, '').replace(/@[^@]*$/, '')}`;
  return { removes: countSeverities(missingFrom(before, after, name)), adds: countSeverities(missingFrom(after, before, name)) };
}
