import type { Severity } from '@plimsoll/model';
import { severityOfWord } from './cvss.ts';
import { linksOf, textOf } from './text.ts';
import { childOf, childrenOf, descendantsOf, type XmlElement } from './xml.ts';

/** What an OVAL definition tells besides its criteria. */
export interface OvalMetadata {
  /** CVE ids, each once. */
  readonly ids: readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly references: readonly string[];
  /** Day or moment, RFC 3339. */
  readonly published?: string;
}

/** Reads a definition's metadata. https://oval-community-guidelines.readthedocs.io/en/latest/oval-schema-documentation/oval-definitions-schema.html */
export function metadataOf(definition: XmlElement): OvalMetadata {
  const metadata = childOf(definition, 'metadata');
  const references = childrenOf(metadata, 'reference').map(({ attributes }) => attributes);
  const named = [
    ...references.filter((reference) => reference.get('source') === 'CVE').map((reference) => reference.get('ref_id') ?? ''),
    ...childrenOf(childOf(metadata, 'advisory'), 'cve').map(({ text }) => text),
  ];
  const title = textOf(childOf(metadata, 'title')?.text, 500);
  const description = textOf(childOf(metadata, 'description')?.text, 20_000);
  const word = (childOf(childOf(metadata, 'advisory'), 'severity') ?? childOf(metadata, 'severity'))?.text;
  const severity = severityOfWord(word ?? '');
  const published = childOf(childOf(metadata, 'advisory'), 'issued')?.attributes.get('date') ?? childOf(metadata, 'advisory_date')?.text;
  const moment = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z)?$/.exec(published ?? '')?.[0];
  return {
    ids: [...new Set(named.flatMap((text) => /^CVE-\d{4}-\d{4,19}$/.exec(text.trim())?.[0] ?? []))],
    references: linksOf(references.map((reference) => reference.get('ref_url') ?? '')).slice(0, 50),
    ...(title && { title }),
    ...(description && { description }),
    ...(severity && { severity }),
    ...(moment && { published: moment }),
  };
}

/** Every criterion of a definition: its comment and the test it refers to. */
export function* criteriaOf(definition: XmlElement): Generator<{ readonly comment: string; readonly test: string }> {
  for (const { attributes } of descendantsOf(definition, 'criterion')) {
    yield { comment: attributes.get('comment') ?? '', test: attributes.get('test_ref') ?? '' };
  }
}
