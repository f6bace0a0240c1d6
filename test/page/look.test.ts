import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { takeScreenshot } from '../support/shot.ts';
import { openPage } from './open.ts';
import { type FakePlatform, startPlatform } from './platform.ts';

const found = await launchBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARTIFACTS = new URL('../../artifacts/', import.meta.url).pathname;

describe.skipIf('missing' in found)('what a reader sees', () => {
  let browser: Browser;
  let platform: FakePlatform;

  beforeAll(async () => {
    if ('browser' in found) browser = found.browser;
    mkdirSync(ARTIFACTS, { recursive: true });
    platform = await startPlatform();
  });

  afterAll(async () => {
    await browser.close();
    await platform.stop();
  });

  const LOOKS = [
    { width: 1280, dark: false },
    { width: 1280, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ];

  test.each(LOOKS)('at $width px, dark $dark: no error, nothing from elsewhere, nothing cut off, open to all', async (look) => {
    const { page, context, problems, foreign } = await openPage(browser, platform.url, look);
    await page.screenshot({ path: `${ARTIFACTS}page-${look.width}-${look.dark ? 'dark' : 'light'}.png`, fullPage: true });
    await page.locator('td.critical').last().click();
    await page.locator('.bars').waitFor();
    await page.screenshot({ path: `${ARTIFACTS}page-${look.width}-${look.dark ? 'dark' : 'light'}-verdict.png`, fullPage: true });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    await page.evaluate(axe);
    const { violations }: AxeResults = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect([problems, foreign]).toEqual([[], []]);
    await context.close();
  });

  test('the page does not jump while it fills', async () => {
    const { page, context } = await openPage(browser, platform.url);
    const shift = `new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
    })`;
    expect(Number(await page.evaluate(shift))).toBeLessThan(0.02);
    await context.close();
  });

  test('the sentence, the arms, the phase line and the guards are told in words and with units', async () => {
    const { page, context } = await openPage(browser, platform.url);
    const text = async (selector: string): Promise<string> => ((await page.locator(selector).allInnerTexts())[0] ?? '').replace(/\s+/g, ' ');
    expect(await text('h1')).toContain('distance has drifted since 05:00 with no harm shown: nothing to do.');
    expect(await text('.versions')).toMatch(/version 1 stable 75 % version 2 candidate 25 %/);
    expect(await text('.line [aria-current=step]')).toContain('25 %');
    expect(await text('.guard')).toMatch(/errors Pass 1\.9 of 250 0\.61 to 1\.44 times stable's rate/);
    expect(await text('.timeline li')).toContain('14:01:53');
    expect(await page.locator('.timeline time').first().getAttribute('title')).toBe('2026-11-21 13:01:53 UTC');
    expect(await page.locator('.timeline li', { hasText: 'rolled back' }).locator('a').getAttribute('href')).toBe(
      '/records/bundles/eta-1/index.json',
    );
    await context.close();
  });

  test('a reader who turns the lights off gets the dark page at once', async () => {
    const { page, context, problems } = await openPage(browser, platform.url);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => page.locator('.curves canvas').count()).toBe(3);
    expect([await page.evaluate('getComputedStyle(document.body).backgroundColor'), problems]).toEqual(['rgb(13, 17, 21)', []]);
    await context.close();
  });

  test('a picture of a running page can be taken for the README', async () => {
    const file = `${ARTIFACTS}shot.png`;
    expect(await takeScreenshot(platform.url, file, { width: 1280, height: 800, dark: false })).toBe(true);
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });
});
