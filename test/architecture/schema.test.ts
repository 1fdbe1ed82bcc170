import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../tools/schema.ts';
import { readSource } from './sources.ts';

describe('packages/model/schema', () => {
  it.each(schemaFiles())('$name is as its definition in the model makes it (else: npm run schema)', ({ name, text }) => {
    expect(readSource(`packages/model/schema/${name}`).text).toBe(text);
  });
});
