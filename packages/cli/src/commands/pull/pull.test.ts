import { startFakeEngine } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { pull } from './index.ts';

describe('pull', () => {
  it('says what became of the old image', async () => {
    await using fake = await startFakeEngine();
    fake.state.names.set('shop/api:2', 'old');
    fake.state.images.add('old');
    fake.state.registry.set('shop/api:2', 'new');
    const use = useFake();
    const context = { ...use.context, env: { DOCKER_HOST: fake.address, DOCKER_CONFIG: '/nowhere' } };
    const result = await pull('shop/api:2', { removeOld: true }, { ...use, context });
    expect(result.json).toEqual({ image: 'shop/api:2', engine: 'Docker Engine 1.0-fake', changed: true, removed: true });
    expect(result.table(createStyle(false))).toBe('pulled a newer shop/api:2; the old image is removed');
    expect((await pull('shop/api:2', {}, { ...use, context })).table(createStyle(false))).toBe('shop/api:2 is up to date');
  });

  it('refuses a digest', async () => {
    await expect(pull(`debian@sha256:${'a'.repeat(64)}`, {}, useFake())).rejects.toMatchObject({ code: 'USAGE' });
  });
});
