import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inventorySchema, reportSchema } from '@plimsoll/model';
import { z } from 'zod';

/** JSON Schema files of the documents that others may build on, made from their one definition. */
export function schemaFiles(): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'inventory.schema.json', title: 'Plimsoll inventory', schema: inventorySchema },
    { name: 'report.schema.json', title: 'Plimsoll report', schema: reportSchema },
  ].map(({ name, title, schema }) => ({
    name,
    text: `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) }, undefined, 2)}\n`,
  }));
}

if (import.meta.main) {
  const folder = fileURLToPath(new URL('../packages/model/schema/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of schemaFiles()) writeFileSync(`${folder}${name}`, text);
}
