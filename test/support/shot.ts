import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { launchBrowser } from './browser.ts';

export interface ShotSize {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels; absent: the whole page. */
  readonly height?: number;
  readonly dark: boolean;
}

/**
 * Takes a picture of a running page once its first view is drawn; two device pixels to one of CSS.
 * @returns false when no browser runs here (the reason was printed).
 */
export async function takeScreenshot(url: string, file: string, { width, height, dark }: ShotSize): Promise<boolean> {
  const found = await launchBrowser();
  if ('missing' in found) return false;
  try {
    const colorScheme = dark ? 'dark' : 'light';
    const context = await found.browser.newContext({
      viewport: { width, height: height ?? 900 },
      deviceScaleFactor: 2,
      colorScheme,
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('section.card').first().waitFor();
    await page.locator('.curves canvas').first().waitFor();
    mkdirSync(dirname(file), { recursive: true });
    await page.screenshot({ path: file, fullPage: height === undefined });
    return true;
  } finally {
    await found.browser.close();
  }
}
