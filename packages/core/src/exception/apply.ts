import type { Diagnostic, HiddenPackage, ImageDescription, Match, Package } from '@plimsoll/model';
import { fitsPattern } from '../util/pattern.ts';
import { namesOfImage } from './image-name.ts';
import { createPurlReader } from './purl.ts';
import { fitsRule, isExpired } from './rules.ts';
import { createStatements, type Said } from './statements.ts';
import type { ExceptionRule, Exceptions } from './types.ts';

/** What exceptions made of matches. */
export interface Excepted {
  readonly matches: readonly Match[];
  /** What was decided of each, for `explain`: a statement that does not suppress, a rule that expired. */
  readonly notes: ReadonlyMap<Match, readonly string[]>;
}

/** Exceptions for one image, to be asked of any of its matches. */
export interface Excepting {
  apply(matches: readonly Match[], packages: readonly (Package | HiddenPackage)[]): Excepted;
  /** Rules that expired, rules that no match that was asked about fits. */
  diagnostics(): readonly Diagnostic[];
}

type Suppression = NonNullable<Match['suppressed']>;

/**
 * Suppresses what a rule or a VEX statement takes out of the counts; what is suppressed already stays as it is. A person's rule is asked first, then
 * what was said last: only `not_affected` and `fixed` suppress. A rule holds through its last day.
 */
export function exceptFor(image: ImageDescription, { rules, documents, diagnostics }: Exceptions, now: Date): Excepting {
  const names = namesOfImage(image);
  const readPurl = createPurlReader();
  const own = rules.filter((rule) => isOfImage(rule, image));
  const used = new Set<ExceptionRule>();
  const said = createStatements(documents, names, readPurl);

  return {
    apply(matches, packages) {
      const notes = new Map<Match, readonly string[]>();
      if (own.length === 0 && documents.length === 0) return { matches, notes };
      const byId = new Map(packages.map((item) => [item.id, item]));
      const judged = matches.map((found) => {
        const subject = byId.get(found.packageId);
        if (!subject) return found;
        const fitting = own.filter((rule) => fitsRule(rule, found, subject, readPurl));
        for (const rule of fitting) used.add(rule);
        const owner = 'ownedBy' in subject && subject.ownedBy !== undefined ? byId.get(subject.ownedBy) : undefined;
        const last = said(found, { purl: subject.purl, ...(owner && { ownerPurl: owner.purl }) });
        const standing = fitting.find((rule) => !isExpired(rule, now));
        const suppressed = found.suppressed ?? (standing ? ofRule(standing) : last && ofStatement(last));
        const result = suppressed && !found.suppressed ? { ...found, suppressed } : found;
        const noted = [
          ...fitting.filter((rule) => isExpired(rule, now)).map((rule) => `${rule.name} fits but expired on ${rule.expires}`),
          ...(last && !ofStatement(last)
            ? [`${last.document.name} says ${last.statement.status.replaceAll('_', ' ')}: that suppresses nothing`]
            : []),
        ];
        if (noted.length > 0) notes.set(result, noted);
        return result;
      });
      return { matches: judged, notes };
    },
    diagnostics: () => [...diagnostics, ...own.flatMap(faultOf)],
  };

  /** One that expired is said until it is removed, and so is one that was meant for something that is gone. */
  function faultOf(rule: ExceptionRule): readonly Diagnostic[] {
    if (isExpired(rule, now)) {
      const message = `${rule.name} expired on ${rule.expires} and suppresses nothing: ${rule.reason}`;
      return [{ code: 'EXCEPTION_EXPIRED', message, author: 'exceptions' }];
    }
    if (used.has(rule)) return [];
    return [{ code: 'EXCEPTION_UNUSED', message: `${rule.name} fits nothing in this image: ${rule.reason}`, author: 'exceptions' }];
  }
}

function ofRule({ reason, expires }: ExceptionRule): Suppression {
  return { by: 'rule', reason, ...(expires !== undefined && { until: expires }) };
}

function ofStatement({ statement, document }: Said): Suppression | undefined {
  const { status, reason } = statement;
  if (status !== 'not_affected' && status !== 'fixed') return undefined;
  const who = document.author ?? document.name;
  return { by: 'vex', reason: `${who}: ${status.replaceAll('_', ' ')}${reason ? `, ${reason}` : ''}` };
}

function isOfImage({ image: wanted }: ExceptionRule, { name, aliases, reference }: ImageDescription): boolean {
  if (wanted === undefined) return true;
  const full = reference && `${reference.registry}/${reference.repository}${reference.tag === undefined ? '' : `:${reference.tag}`}`;
  return [name, ...aliases, ...(full ? [full] : [])].some((text) => fitsPattern(text, wanted));
}
