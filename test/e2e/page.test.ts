import AxeBuilder from '@axe-core/playwright';
import type { Digest, Report } from '@plimsoll/model';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Served, serveFixture } from './serve.ts';

let browser: Browser;
let served: Served;
let report: Report;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  served = await serveFixture();
  const found = served.workspace.inventories.list().find(({ names }) => names.some((name) => name.includes('shop/api:2.4')));
  report = served.workspace.report(found?.digest as Digest, served.context);
});
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(`${served.address}/images/${report.inventory.image.digest}`);
  await page.getByRole('listbox', { name: 'Layers' }).waitFor();
  return () => context.close();
});

const layers = () => page.getByRole('listbox', { name: 'Layers' }).getByRole('option');
const bases = () => page.getByRole('listbox', { name: 'Image hierarchy' }).getByRole('option');
const note = () => page.getByRole('tabpanel').page().locator('[role=status]').first();
const address = () => new URL(page.url()).searchParams;
const tabCount = async (title: string) => Number((await page.getByRole('tab', { name: title }).innerText()).match(/\d+$/)?.[0]);
const bring = (chosen: readonly number[]) =>
  report.matches.filter((match) => !match.suppressed && chosen.includes(match.introducedIn)).length;

describe('the details page', () => {
  it('shows what the report has', async () => {
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('shop/api');
    expect(await layers().count()).toBe(report.inventory.image.layers.length);
    expect(await bases().count()).toBe(report.hierarchy.length + 1);
    expect(await tabCount('Packages')).toBe(report.inventory.packages.length);
    expect(await tabCount('Vulnerabilities')).toBe(report.matches.filter(({ suppressed }) => !suppressed).length);
  });

  it('narrows everything to the layers of a base, and ALL widens it again', async () => {
    await bases().nth(1).click();
    const [first = 0, last = 0] = report.hierarchy[0]?.layers ?? [];
    const own = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    await note().waitFor();
    expect(address().get('base')).toBe('0');
    expect(await tabCount('Vulnerabilities')).toBe(bring(own));
    expect(await tabCount('Packages')).toBe(report.inventory.packages.filter(({ introducedIn }) => own.includes(introducedIn)).length);
    await bases().nth(0).click();
    expect(await tabCount('Packages')).toBe(report.inventory.packages.length);
  });

  it('chooses layers with the mouse: click, Ctrl and Shift', async () => {
    await layers().nth(0).click();
    expect(address().get('layers')).toBe('[0]');
    await layers()
      .nth(2)
      .click({ modifiers: ['Control'] });
    expect(address().get('layers')).toBe('[0,2]');
    expect(await note().innerText()).toContain('Layers 0, 2');
    expect(await tabCount('Vulnerabilities')).toBe(bring([0, 2]));
    await layers().nth(0).click();
    await layers()
      .nth(3)
      .click({ modifiers: ['Shift'] });
    expect(address().get('layers')).toBe('[0,1,2,3]');
    expect(await tabCount('Vulnerabilities')).toBe(bring([0, 1, 2, 3]));
  });

  it('chooses layers with the keys: arrows, Shift with arrows, Escape', async () => {
    await layers().nth(0).click();
    await page.keyboard.press('ArrowDown');
    expect(address().get('layers')).toBe('[1]');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    expect(address().get('layers')).toBe('[1,2,3]');
    await page.keyboard.press('Escape');
    expect(address().get('layers')).toBeNull();
    expect(await tabCount('Packages')).toBe(report.inventory.packages.length);
  });

  it('filters, opens a finding, and shows the same after a reload', async () => {
    const match = report.matches.find((found) => found.fixedIn !== undefined && !found.suppressed);
    await page.getByRole('button', { name: 'Fixable' }).click();
    await page
      .getByRole('searchbox')
      .first()
      .fill(match?.id ?? '');
    await page
      .getByRole('list', { name: 'Vulnerabilities' })
      .getByRole('button', { name: match?.id ?? '' })
      .first()
      .click();
    await page.getByText('Why it matches').waitFor();
    const shown = await page.getByRole('tabpanel').innerText();
    expect(shown).toContain(match?.how.range);
    const before = page.url();
    await page.reload();
    await page.getByText('Why it matches').waitFor();
    expect(page.url()).toBe(before);
    expect(await page.getByRole('tabpanel').innerText()).toBe(shown);
  });

  it('goes back over steps', async () => {
    await layers().nth(0).click();
    await page.getByRole('tab', { name: 'Packages' }).click();
    expect(address().get('tab')).toBe('packages');
    await page.goBack();
    expect(address().get('tab')).toBeNull();
    expect(address().get('layers')).toBe('[0]');
    await page.goBack();
    expect(address().get('layers')).toBeNull();
    expect(await page.getByRole('tab', { name: 'Vulnerabilities' }).getAttribute('aria-selected')).toBe('true');
  });

  it('opens the recommendations of a base beside the page, and closes them with Escape', async () => {
    const advice = report.recommendations.bases[0];
    await page.getByRole('button', { name: 'Recommended fixes' }).click();
    await page.getByRole('menuitem', { name: `Recommendations for base image ${advice?.current.name}` }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('tab', { name: 'Refresh base image' }).waitFor();
    expect(await drawer.innerText()).toContain(advice?.current.name);
    await drawer.getByRole('tab', { name: 'Change base image' }).click();
    for (const { name } of advice?.change ?? []) expect(await drawer.innerText()).toContain(name);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(address().get('fixes')).toBeNull();
  });

  it.each([
    ['light', ''],
    ['dark', ''],
    ['light', '?tab=packages'],
    ['dark', '?tab=hidden'],
    ['light', '?fixes=image'],
  ] as const)('has nothing that axe objects to: %s %s', async (colorScheme, search) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${served.address}/images/${report.inventory.image.digest}${search}`);
    await page.getByRole(search.includes('fixes') ? 'dialog' : 'tabpanel').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  });

  it.each([400, 900])('does not scroll sideways at %i px', async (width) => {
    await page.setViewportSize({ width, height: 860 });
    for (const tab of ['Vulnerabilities', 'Packages', 'Shipped but hidden']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

describe('the images list', () => {
  it('leads to an image, and finds it by name', async () => {
    await page.goto(served.address);
    await page.getByRole('searchbox').fill('shop/api:2.4');
    await page.getByRole('link', { name: /shop\/api:2\.4/ }).click();
    await page.getByRole('listbox', { name: 'Layers' }).waitFor();
    expect(page.url()).toContain(report.inventory.image.digest);
  });

  it('says what was wrong with an image that cannot be added', async () => {
    await page.goto(served.address);
    await page.getByRole('button', { name: 'Add image' }).click();
    await page.getByRole('textbox', { name: 'Image' }).fill('/no/such/file.tar');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('there is no file or folder /no/such/file.tar').waitFor();
  });
});
