/**
 * Pictures of one address, wide and narrow, light and dark:
 *
 *     node --conditions=plimsoll-source test/e2e/screenshots.ts http://127.0.0.1:PORT/path /tmp/shots/name [--full] [--click=SELECTOR]...
 *
 * writes name-wide-light.png, name-wide-dark.png, name-phone-light.png and name-phone-dark.png, and prints what the page complained of.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';

const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 400, height: 860 } } as const;

const [address, target] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (address === undefined || target === undefined) {
  console.error('usage: screenshots.ts ADDRESS NAME [--full] [--click=SELECTOR]...');
  process.exitCode = 64;
} else {
  await mkdir(path.dirname(target), { recursive: true });
  const clicks = process.argv.flatMap((argument) => (argument.startsWith('--click=') ? [argument.slice('--click='.length)] : []));
  await takePictures(address, target, { full: process.argv.includes('--full'), clicks });
}

async function takePictures(
  address: string,
  target: string,
  { full, clicks }: { readonly full: boolean; readonly clicks: readonly string[] },
): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
        page.on('console', (message) => {
          if (['error', 'warning'].includes(message.type())) console.log(`${size} ${colorScheme}: ${message.text()}`);
        });
        page.on('pageerror', (error) => console.log(`${size} ${colorScheme}: ${error.message}`));
        await page.goto(address, { waitUntil: 'networkidle' });
        for (const selector of clicks) {
          await page.locator(selector).first().click();
          await page.waitForTimeout(300);
        }
        await page.screenshot({ path: `${target}-${size}-${colorScheme}.png`, fullPage: full });
      } finally {
        await browser.close();
      }
    }
  }
}
