import AxeBuilder from '@axe-core/playwright';
import { type Digest, type Report, totalOf } from '@plimsoll/model';
import { buildImage, type FakeEngine, startFakeEngine, startMemoryRegistry } from '@plimsoll/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Served, serveFixture } from './serve.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const open = async (address: string, more: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...more });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'networkidle' });
  return page;
};

describe('advice on the page', () => {
  let served: Served;
  let digest: Digest;
  let page: Page;
  const report = (): Report => served.workspace.report(digest, served.context);
  const drawer = () => page.getByRole('dialog');

  beforeAll(async () => {
    served = await serveFixture();
    digest = served.workspace.inventories.list().find(({ names }) => names.some((name) => name.includes('shop/api:2.4')))?.digest as Digest;
  });
  afterAll(() => served[Symbol.asyncDispose]());
  beforeEach(async () => {
    page = await open(`${served.address}/images/${digest}`);
    return () => page.context().close();
  });
  const choose = async (entry: RegExp) => {
    await page.getByRole('button', { name: 'Recommended fixes' }).click();
    await page.getByRole('menuitem', { name: entry }).first().click();
    await drawer().waitFor();
  };

  it('says what this image would be on a newer base, and what would come and go in it', async () => {
    const [candidate] = report().recommendations.bases[0]?.refresh ?? [];
    await choose(/base image python/);
    const change = totalOf(candidate?.simulation?.difference ?? report().counts);
    expect(change).toBeLessThan(0);
    expect(await drawer().innerText()).toContain(`−${-change} in your image`);
    await drawer().getByText('What changes in your image').click();
    const lost = served.workspace.simulate(
      digest,
      { base: report().recommendations.bases[0]?.current.digest as Digest, candidate: candidate?.digest as Digest },
      served.context,
    ).changes.lost[0];
    await drawer()
      .getByText(lost?.id ?? 'nothing')
      .first()
      .waitFor();
    await drawer().getByText('Why it is ranked so').click();
    for (const { text, weight } of candidate?.reasons ?? []) if (weight !== 0) expect(await drawer().innerText()).toContain(text);
  });

  it('shows every change in the Dockerfile that a person gives', async () => {
    await choose(/base image python/);
    await drawer().getByRole('tab', { name: 'Change base image' }).click();
    await drawer()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'Dockerfile',
        mimeType: 'text/plain',
        buffer: Buffer.from(`ARG VARIANT=slim\nFROM python:3.9-\${VARIANT}\nCOPY . .\n`),
      });
    await drawer().getByText('Changes are shown in Dockerfile').waitFor();
    const diff = await drawer().locator('figure pre').first().innerText();
    expect(diff).toContain('-ARG VARIANT=slim');
    expect(diff).toContain('+ARG VARIANT=alpine');
    await drawer().getByRole('button', { name: 'pin digests' }).click();
    await expect
      .poll(() => drawer().locator('figure pre').first().innerText())
      .toMatch(/\+FROM python:3\.9-\$\{VARIANT\}@sha256:[0-9a-f]{64}/);
    await drawer().getByRole('button', { name: 'Forget it' }).click();
    await drawer().getByText('Drop the Dockerfile here').waitFor();
  });

  it('has a plan whose steps are those of the report', async () => {
    const { plan } = report().recommendations;
    expect(plan.length).toBeGreaterThan(0);
    await choose(/Fix plan/);
    expect(await drawer().getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(plan.map(({ title }) => title));
    expect(new URL(page.url()).searchParams.get('fixes')).toBe('plan');
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).searchParams.get('fixes')).toBeNull();
  });

  it('takes the word of a person for the base, and gives it back', async () => {
    const rows = () => page.getByRole('listbox', { name: 'Image hierarchy' }).getByRole('option').allInnerTexts();
    const before = await rows();
    await page.getByRole('button', { name: 'How this was found' }).click();
    await page.getByRole('button', { name: 'This is wrong' }).click();
    await page.getByRole('combobox', { name: 'The base is' }).fill('debian:11-slim');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect.poll(async () => (await rows()).join()).toContain('said by a person');
    expect((await rows()).length).toBe(before.length - 1);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect.poll(rows).toEqual(before);
  });

  it('compares two images, and swaps them', async () => {
    await page.getByRole('link', { name: 'Compare' }).click();
    const other = served.workspace.inventories.list().find(({ names }) => names[0]?.startsWith('shop/static'));
    await page.getByRole('combobox', { name: 'held against' }).selectOption(other?.digest ?? '');
    const matches = report().matches.filter(({ suppressed }) => !suppressed).length;
    await page.getByRole('heading', { name: /^brings \d+ vulnerabilities: the image changed/ }).waitFor();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByRole('heading', { name: /^is without \d+ vulnerabilities: the image changed/ }).waitFor();
    expect(matches).toBeGreaterThan(0);
  });

  it('shows where the bytes are', async () => {
    await page.getByRole('tab', { name: /^Files/ }).click();
    await page.getByRole('list', { name: 'Folders' }).waitFor();
    expect(await page.locator('svg text', { hasText: 'layer 0' }).count()).toBeGreaterThan(0);
  });

  it.each([
    ['light', '?fixes=plan'],
    ['dark', '?fixes=plan'],
    ['light', '?fixes=python:3.9-slim&tip=change'],
    ['dark', '?fixes=python:3.9-slim&tip=refresh'],
    ['light', '?tab=files'],
    ['dark', '?tab=files'],
  ] as const)('has nothing that axe objects to: %s %s', async (colorScheme, search) => {
    const other = await open(`${served.address}/images/${digest}${search}`, { colorScheme });
    const { violations } = await new AxeBuilder({ page: other }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await other.context().close();
  });

  it.each(['light', 'dark'] as const)('the compare page has nothing that axe objects to: %s', async (colorScheme) => {
    const [other] = served.workspace.inventories.list().filter((image) => image.digest !== digest);
    const compare = await open(`${served.address}/compare?image=${digest}&with=${other?.digest}`, { colorScheme });
    await compare.getByRole('table').waitFor();
    const { violations } = await new AxeBuilder({ page: compare }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await compare.context().close();
  });

  it.each(['?fixes=plan', '?fixes=python:3.9-slim&tip=change', '?tab=files'])('does not scroll sideways at 400 px: %s', async (search) => {
    const phone = await open(`${served.address}/images/${digest}${search}`, { viewport: { width: 400, height: 860 } });
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await phone.context().close();
  });
});

describe('this image', () => {
  it('asks the registry, pulls the newer image with progress, and removes the old one', async () => {
    await using registry = await startMemoryRegistry();
    await using fake: FakeEngine = await startFakeEngine();
    await using served = await serveFixture({ empty: true, env: { DOCKER_HOST: fake.address, DOCKER_CONFIG: '/nowhere' } });
    const [first, second] = ['one', 'two'].map((content) =>
      buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'version', content }] }] }),
    );
    if (!first || !second) throw new Error('no images');
    registry.push('shop/app', '1', first);
    const name = `${registry.host}/shop/app:1`;
    fake.state.names.set(name, 'old');
    fake.state.images.add('old');
    fake.state.registry.set(name, 'new');
    const { image } = await served.workspace.index(name, {}, served.context);

    const page = await open(`${served.address}/images/${image.digest}?fixes=image`);
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Up to date').waitFor();
    registry.push('shop/app', '1', second);
    await page.reload();
    await drawer.getByText('A newer image is there').waitFor();
    await drawer.getByText('remove the old version after pulling').click();
    await drawer.getByRole('button', { name: 'Pull new image' }).click();
    await drawer.getByText('pulled a newer image; the old one is removed').waitFor();
    expect([...fake.state.images]).toEqual(['new']);

    fake.state.pull = 'fails half-way';
    fake.state.registry.set(name, 'newest');
    await page.reload();
    await drawer.getByText('A newer image is there').waitFor();
    await drawer.getByRole('button', { name: 'Pull new image' }).click();
    await drawer
      .getByText(/failed/)
      .first()
      .waitFor();
    expect(await drawer.innerText()).toContain('the old image is untouched');
    expect([...fake.state.images]).toEqual(['new']);
    await page.context().close();
  });
});
