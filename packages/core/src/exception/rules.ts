import type { Match, Package } from '@plimsoll/model';
import { fitsPattern } from '../util/pattern.ts';
import { fitsPackage, type Purl } from './purl.ts';
import type { ExceptionRule } from './types.ts';

/** A package as rules see it. */
export type RuledPackage = Pick<Package, 'type' | 'name' | 'version' | 'purl' | 'evidence' | 'introducedIn'>;

/** Whether a rule still holds on a day: through its last day, in UTC. */
export function isExpired({ expires }: ExceptionRule, now: Date): boolean {
  return expires !== undefined && now.toISOString().slice(0, 10) > expires;
}

/** Whether a rule is about a match. Every member that it has must fit; whether it is about the image was asked before. */
export function fitsRule(rule: ExceptionRule, found: Match, subject: RuledPackage, readPurl: (text: string) => Purl | undefined): boolean {
  const { vulnerabilities, path, layer, fix } = rule;
  if (vulnerabilities && ![found.id, ...found.aliases].some((id) => vulnerabilities.some((wanted) => isSameId(wanted, id)))) return false;
  if (layer !== undefined && layer !== subject.introducedIn) return false;
  if (fix !== undefined && fix !== fixOf(found)) return false;
  if (path !== undefined && !subject.evidence.some((place) => fitsPattern(place.path, path.replace(/^\//, '')))) return false;
  return rule.package === undefined || isPackage(rule.package, subject, readPurl);
}

function isPackage(
  { purl, name, type, version }: NonNullable<ExceptionRule['package']>,
  subject: RuledPackage,
  readPurl: (text: string) => Purl | undefined,
): boolean {
  if (type !== undefined && type !== subject.type) return false;
  if (name !== undefined && !fitsPattern(subject.name, name)) return false;
  if (version !== undefined && version !== subject.version) return false;
  if (purl === undefined) return true;
  const [stated, own] = [readPurl(purl), readPurl(subject.purl)];
  return stated !== undefined && own !== undefined && fitsPackage(stated, own);
}

function fixOf({ fixedIn, status }: Match): ExceptionRule['fix'] {
  if (fixedIn !== undefined) return 'available';
  return status === 'will-not-fix' || status === 'end-of-life' ? 'will-not-fix' : 'none';
}

/** Ids are told apart without their case: GHSA ids are written either way. */
function isSameId(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}
