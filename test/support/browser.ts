import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A browser to test with, or the reason why there is none. */
export type BrowserFound = { readonly browser: Browser } | { readonly missing: string };

/** The npm build is made for a sandboxed function; its own defaults would switch the same-origin policy off, which is what we test. */
const NPM_ARGS = ['--no-sandbox', '--no-zygote', '--headless=shell', '--disable-gpu', '--hide-scrollbars', '--font-render-hinting=none'];
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Launches the Chromium that npm brought, else one that is installed (`CHROME_PATH`, or the usual places).
 * @throws when none runs and `CI` is set: there a page that nobody looked at must not pass.
 */
export async function launchBrowser(): Promise<BrowserFound> {
  const problems: string[] = [];
  for (const attempt of [fromNpm, ...installed().map((path) => () => launch(path, ['--no-sandbox']))]) {
    try {
      return { browser: await attempt() };
    } catch (error) {
      problems.push(String(error).split('\n')[0] ?? '');
    }
  }
  const missing = `no browser runs here: ${problems.join('; ')}. Install Chromium or set CHROME_PATH.`;
  if (process.env.CI !== undefined && process.env.CI !== 'false') throw new Error(missing);
  console.warn(`page tests skipped: ${missing}`);
  return { missing };
}

async function fromNpm(): Promise<Browser> {
  const { default: chromium } = await import('@sparticuz/chromium');
  const path = await chromium.executablePath();
  return await launch(path, NPM_ARGS, fontsOf(dirname(path)));
}

/** The npm build brings one typeface beside itself: added to the system's own, or alone where there are none. */
function fontsOf(folder: string): Readonly<Record<string, string>> {
  return existsSync('/etc/fonts/fonts.conf') ? { XDG_DATA_HOME: folder } : { FONTCONFIG_PATH: join(folder, 'fonts') };
}

const launch = (executablePath: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Browser> =>
  playwright.launch({ executablePath, args: [...args], headless: true, timeout: 30_000, env: { ...process.env, ...env } });

function installed(): readonly string[] {
  return [process.env.CHROME_PATH ?? '', ...INSTALLED].filter((path) => path !== '' && existsSync(path));
}
