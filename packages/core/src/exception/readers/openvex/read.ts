import { z } from 'zod';
import type { VexDocument, VexProduct } from '../../types.ts';
import { timeOf } from '../shared/time.ts';

const component = z.object({ '@id': z.string().nullish(), identifiers: z.record(z.string(), z.string()).nullish() });
/** Version 0.0.1 has bare texts. */
const product = z.union([z.string(), component.extend({ subcomponents: z.array(z.union([z.string(), component])).nullish() })]);
const vulnerability = z.union([
  z.string(),
  z.object({ '@id': z.string().nullish(), name: z.string().nullish(), aliases: z.array(z.string()).nullish() }),
]);
const statement = z.object({
  vulnerability,
  products: z.array(product).nullish(),
  status: z.enum(['not_affected', 'fixed', 'affected', 'under_investigation']),
  justification: z.string().nullish(),
  impact_statement: z.string().nullish(),
  status_notes: z.string().nullish(),
  timestamp: z.string().nullish(),
  last_updated: z.string().nullish(),
});
const document = z.object({
  author: z.string().nullish(),
  timestamp: z.string().nullish(),
  last_updated: z.string().nullish(),
  statements: z.array(statement),
});

/** Whether it is OpenVEX, by its `@context`. */
export function isOpenVex(value: unknown): boolean {
  const context = typeof value === 'object' && value !== null && '@context' in value ? value['@context'] : undefined;
  return typeof context === 'string' && context.startsWith('https://openvex.dev/ns');
}

/** Reads a document; a statement without a time has its document's. Throws what zod makes of one that is none. */
export function readOpenVex(value: unknown): Omit<VexDocument, 'name'> {
  const { author, timestamp, last_updated, statements } = document.parse(value);
  return {
    ...(author && { author }),
    statements: statements.map((said) => {
      const reason = [said.justification, said.impact_statement ?? said.status_notes].filter(Boolean).join(': ');
      return {
        vulnerabilities: idsOf(said.vulnerability),
        products: (said.products ?? []).map(toProduct),
        status: said.status,
        ...(reason && { reason }),
        time: timeOf(said.last_updated ?? said.timestamp ?? last_updated ?? timestamp),
      };
    }),
  };
}

function idsOf(said: z.infer<typeof vulnerability>): readonly string[] {
  if (typeof said === 'string') return [said];
  // The id of a vulnerability may be a link that ends in its name.
  const last = said['@id']?.split('/').at(-1);
  return [...new Set([said.name, ...(said.aliases ?? []), last].filter((id): id is string => Boolean(id)))];
}

function toProduct(said: z.infer<typeof product>): VexProduct {
  if (typeof said === 'string') return { ids: [said] };
  const parts = (said.subcomponents ?? []).flatMap((part) => (typeof part === 'string' ? [part] : namesOf(part)));
  return { ids: namesOf(said), ...(said.subcomponents?.length && { parts }) };
}

function namesOf({ '@id': id, identifiers }: z.infer<typeof component>): readonly string[] {
  return [id, identifiers?.purl].filter((name): name is string => Boolean(name));
}
