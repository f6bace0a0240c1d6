import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { AT, EVENT_TIME, fixtureView } from './fixture.ts';
import { type OpenedPage, openPage } from './open.ts';
import { type FakePlatform, startPlatform } from './platform.ts';

const found = await launchBrowser();

describe.skipIf('missing' in found)('what a reader can do', () => {
  let browser: Browser;
  let platform: FakePlatform;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(() => {
    if ('browser' in found) browser = found.browser;
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    platform = await startPlatform();
    opened = await openPage(browser, platform.url);
    page = opened.page;
  });

  afterEach(async () => {
    await opened.context.close();
    await platform.stop();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  /** What the platform was asked, once it was asked that often. */
  const calls = async (count: number): Promise<readonly unknown[]> => {
    await expect.poll(() => platform.calls.length, { timeout: 5000 }).toBe(count);
    return platform.calls;
  };

  test('only the actions that make sense can be pressed', async () => {
    const enabled = await page.locator('.actions button:enabled').allInnerTexts();
    expect(enabled).toEqual(['Promote', 'Skip', 'Pause', 'Abort']);
  });

  test('Pause is sent at once, and the answer is shown', async () => {
    await button('Pause').click();
    expect(await calls(1)).toEqual([{ act: { model: 'flights/eta', action: 'Pause', reason: 'pressed on the page', digest: null } }]);
    await page.getByText('Pause was asked for.').waitFor();
  });

  test('Abort asks first, takes a reason, and can be left', async () => {
    await button('Abort').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect(platform.calls).toEqual([]);
    await button('Abort').click();
    await page.getByLabel('Why?').fill('wrong export');
    await page.locator('dialog').getByRole('button', { name: 'Abort' }).click();
    expect(await calls(1)).toEqual([{ act: { model: 'flights/eta', action: 'Abort', reason: 'wrong export', digest: null } }]);
  });

  test('Unlock names the digest of its lock', async () => {
    await button('Unlock').click();
    await page.getByLabel('Why?').fill('a mistake');
    await page.locator('dialog').getByRole('button', { name: 'Unlock' }).click();
    const digest = `sha256:4be1${'0'.repeat(60)}`;
    expect(await calls(1)).toEqual([{ act: { model: 'flights/eta', action: 'Unlock', reason: 'a mistake', digest } }]);
  });

  test('a fault is switched on and off by its button', async () => {
    await page.getByRole('button', { name: /^km/ }).click();
    expect(await calls(1)).toEqual([{ inject: { name: 'km', active: false } }]);
    await page.getByRole('button', { name: /^errors/ }).click();
    expect((await calls(2))[1]).toEqual({ inject: { name: 'errors', active: true } });
  });

  test('Tab reaches every button that can be pressed and the grid, and the focus can be seen', async () => {
    const seen = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const focus: string = await page.evaluate(
        "(({ tagName, textContent, role, ariaLabel }) => [getComputedStyle(document.activeElement).outlineStyle, tagName, ariaLabel ?? textContent].join(' '))(document.activeElement)",
      );
      expect(focus).toMatch(/^(solid|auto) |^none BODY /); // after the last stop the focus is the browser's own
      seen.add(focus.replace(/^\w+ /, ''));
    }
    const expected = ['BUTTON Promote', 'BUTTON Abort', 'BUTTON Unlock', 'A Open the report', 'BUTTON km on', 'BUTTON stop-traffic off'];
    expect([...seen]).toEqual(expect.arrayContaining(expected));
    expect([...seen].filter((focus) => focus.startsWith('TD '))).toEqual([
      expect.stringMatching(/^TD distance, 1 May 2001 16:00: CRITICAL, PSI 0\.4\d+, \d+ records$/),
    ]);
  });

  test('arrows walk the grid, Enter opens a verdict, Escape closes it', async () => {
    await page.locator('td[tabindex="0"]').focus();
    for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await page.locator('.bars').waitFor();
    expect(platform.calls).toContainEqual({ detail: { model: 'flights/eta', feature: 'distance', window: EVENT_TIME - 3 * 3_600_000 } });
    expect(await page.locator('.opened').textContent()).toMatch(/PSI 0\.41 \(0\.33 to 0\.46\)\s+842 records against 966,409/);
    expect(await page.locator('.bars tbody tr').count()).toBe(10);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.opened').count()).toBe(0);
    await page.keyboard.press('Enter');
    await button('Close').click();
    await expect.poll(() => page.locator('.opened').count()).toBe(0);
    expect(await page.locator('td:focus').getAttribute('aria-label')).toContain('14:00');
  });

  test('the SQL of a verdict is copied by its button', async () => {
    await page.locator('td.critical').last().click();
    await page.getByText('SQL that counts it again').click();
    await button('Copy').click();
    await button('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain("read_parquet('lake/flights/eta/2001-05-01/*.parquet')");
  });

  test('samples, lines and views appear as they come', async () => {
    const view = fixtureView();
    const arm = { errors: 0, fallbacks: 0, p50: 3, p95: 5 };
    const sample = { at: AT + 1000, weight: 0.5, stable: { ...arm, requests: 311 }, candidate: { ...arm, requests: 307 } };
    platform.emit({ kind: 'sample', model: 'flights/eta', sample });
    await page.locator('.chart', { hasText: 'Requests a second' }).getByText('311').waitFor();
    const [entry] = view.timeline;
    if (entry === undefined) throw new Error('the fixture is empty');
    platform.emit({ kind: 'audit', audit: { ...entry, id: 'new', text: 'Version 2 takes 50 %.' } });
    await page.locator('.timeline li').first().getByText('Version 2 takes 50 %.').waitFor();
    platform.set({ ...view, sentence: { level: 'ok', text: 'All is well.' } });
    await page.getByRole('heading', { name: 'All is well.' }).waitFor();
    expect(await page.locator('.chart', { hasText: 'Requests a second' }).textContent()).toContain('version 1 311');
  });

  test('a name that is markup stays text', async () => {
    const evil = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    const view = fixtureView();
    const [model] = view.models;
    if (model?.drift == null) throw new Error('the fixture has no drift');
    const [first, ...features] = model.drift.features;
    if (first === undefined) throw new Error('the fixture has no features');
    const drift = { ...model.drift, features: [{ ...first, name: evil }, ...features], report: 'javascript:alert(1)', conclusion: evil };
    platform.set({ ...view, models: [{ ...model, owner: evil, drift }], sentence: { level: 'ok', text: evil } });
    await page.getByRole('heading', { level: 1, name: evil }).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.locator('tbody th').first().textContent()).toContain('<img src=x');
    expect(await page.getByRole('link', { name: 'Open the report' }).getAttribute('href')).toBe('/javascript:alert(1)');
    await page.locator('td.critical').last().click();
    await page.locator('.bars').waitFor();
    expect([await page.title(), opened.problems]).toEqual([`Weir: ${evil}`, []]);
  });

  test('a lost platform is said with its time, and found again', async () => {
    await platform.stop();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^No news since \d\d:\d\d:\d\d, trying again\. All below is \d+ s old\.$/);
    await platform.start();
    await expect.poll(() => alert.count(), { timeout: 15_000 }).toBe(0);
  });

  test('a page of another origin cannot press the buttons', async () => {
    const other = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Other</title>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await page.goto(`http://127.0.0.1:${address.port}/`);
    const attack = (mode: string, type: string): string => `fetch('${platform.url}api/inject', {
      method: 'POST', mode: '${mode}', headers: { 'content-type': '${type}' }, body: '{"name":"errors","active":true}' }).then(({ status }) => status, () => 'refused')`;
    expect(await page.evaluate(attack('no-cors', 'text/plain'))).toBe('refused');
    expect(await page.evaluate(attack('cors', 'application/json'))).toBe('refused');
    expect(await page.evaluate(`fetch('${platform.url}api/view').then(({ status }) => status, () => 'refused')`)).toBe('refused');
    expect(platform.calls).toEqual([]);
    other.closeAllConnections();
    other.close();
  });

  test('a line that is open but dead is noticed by its silence', async () => {
    const silent = await startPlatform({ beatMilliseconds: 1_000_000 });
    await page.clock.install();
    await page.goto(silent.url);
    await page.clock.runFor(1000);
    await page.locator('.curves').waitFor();
    await page.clock.fastForward(11_500);
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toMatch(/^\(stale\) /);
    await silent.stop();
  });
});
