import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, exceptions, and what the page's policy refused. */
  readonly problems: string[];
  /** Requests that left this server. */
  readonly foreign: string[];
}

export interface Look {
  readonly width: number;
  readonly dark: boolean;
}

/** Opens the page as a reader in Berlin would see it, and keeps everything that goes wrong there. */
export async function openPage(browser: Browser, url: string, { width, dark }: Look = { width: 1280, dark: false }): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) foreign.push(request.url());
  });
  await page.goto(url);
  await page.locator('.curves canvas').first().waitFor();
  return { page, context, problems, foreign };
}
