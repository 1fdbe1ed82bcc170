import { existsSync } from 'node:fs';
import serverless from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where systems keep a browser of their own. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** No request leaves the machine but those of the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
];

/** Starts a browser: `CHROMIUM_PATH`, else one of the system, else the one that came along as a package. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  const executablePath = own ?? (await serverless.executablePath());
  // Not in a single process, as the package suggests: the whole browser would end with its first page.
  const args = own === undefined ? [...FLAGS, '--no-zygote'] : FLAGS;
  return chromium.launch({ executablePath, args, headless: true });
}
