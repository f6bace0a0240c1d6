import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroySteps, type PageData } from '../../../cli/plan/graph-data.ts';
import { graphPage } from '../../../cli/plan/graph-page.ts';
import { launchBrowser } from '../../support/browser.ts';
import { graphOf, nodeOf } from './graphs.ts';

const found = await launchBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARTIFACTS = new URL('../../../artifacts/', import.meta.url).pathname;

test('a destroy takes what needs others first, and steps count from 1', () => {
  const vpc = nodeOf('aws:ec2/vpc:Vpc', 'vpc', { topic: 'network' });
  const subnet = nodeOf('aws:ec2/subnet:Subnet', 'subnet', { topic: 'network', dependencies: [vpc.urn] });
  const cluster = nodeOf('aws:eks/cluster:Cluster', 'eks', { topic: 'cluster', dependencies: [subnet.urn] });
  const queue = nodeOf('aws:sqs/queue:Queue', 'queue', { topic: 'nodes' });
  const steps = destroySteps(graphOf(vpc, subnet, cluster, queue));
  expect([cluster, queue, subnet, vpc].map(({ urn }) => steps.get(urn))).toEqual([1, 1, 2, 3]);
});

/** Two topics of the foundation and one resource that a change adds; a name that would end a script. */
const DATA: PageData = {
  title: 'prod: 5 resources </script><img src=x onerror=alert(1)> "DATA" /* SCRIPT */',
  subtitle: 'eu-west-1, profile prod',
  steps: 3,
  topics: [
    { topic: 'network', layer: 'foundation', usd: 98.55 },
    { topic: 'kafka', layer: 'foundation', usd: 750 },
  ],
  nodes: [
    page('prod-network-vpc', 'network', { step: 3, inputs: ['cidrBlock: 10.22.0.0/16'] }),
    page('prod-network-nodes-a', 'network', { needs: [0], step: 2, kind: 'subnet' }),
    page('prod-network-nodes-b', 'network', { needs: [0], step: 2, kind: 'subnet' }),
    page('prod-kafka-cluster', 'kafka', {
      needs: [1, 2],
      usd: 750,
      marks: ['protected: destroy refuses', 'kept after a destroy'],
      inputs: ['password: (secret)'],
    }),
    page('prod-kafka-topic', 'kafka', { needs: [3], change: 'added', changes: ['</script><b id="injected">'] }),
  ],
};

function page(name: string, topic: string, over: Partial<PageData['nodes'][number]> = {}): PageData['nodes'][number] {
  const same = { type: 'aws:x/y:Z', kind: 'VPC', needs: [], step: 1, usd: 0, marks: [], change: null, changes: [], inputs: [] };
  return { urn: `urn::${name}`, name, label: name.replace(/^prod-\w+-/, ''), topic, ...same, ...over };
}

test('the page is one file that names no other, and its data cannot end its script', () => {
  const html = graphPage(DATA);
  expect(html).not.toMatch(/(src|href)="(?!data:)/);
  expect(html).not.toMatch(/^(import|export) /m);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).toContain("default-src 'none'");
});

describe.skipIf('missing' in found)('in a browser', () => {
  let browser: Browser;
  const file = join(ARTIFACTS, 'plan-graph.html');

  beforeAll(() => {
    if ('browser' in found) browser = found.browser;
    mkdirSync(ARTIFACTS, { recursive: true });
    writeFileSync(file, graphPage(DATA));
  });

  afterAll(() => browser.close());

  /** The page in a window of this width, with what went wrong in it. */
  async function open(width = 1400, dark = false, hash = ''): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    context.setDefaultTimeout(5_000);
    const opened = await context.newPage();
    const problems: string[] = [];
    opened.on('pageerror', (error) => problems.push(String(error)));
    opened.on('console', (message) => void (['error', 'warning'].includes(message.type()) && problems.push(message.text())));
    opened.on('request', (request) => void (request.url().startsWith('file:') || request.url().startsWith('data:') || problems.push(request.url())));
    await opened.goto(`${pathToFileURL(file).href}${hash}`);
    return { page: opened, problems };
  }

  const named = (name: string): string => `#board .node[title^="${name}"]`;
  const text = async (opened: Page, selector: string): Promise<string> => (await opened.locator(selector).allInnerTexts())[0] ?? '';
  const texts = (opened: Page, selector: string): Promise<string[]> => opened.locator(selector).allInnerTexts();

  test.each([
    { width: 1400, dark: false },
    { width: 1400, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])('at $width px, dark $dark: no error, nothing cut off, open to all, closed and open', async ({ width, dark }) => {
    const { page: opened, problems } = await open(width, dark);
    for (const look of ['closed', 'open']) {
      if (look === 'open') await opened.locator(named('prod-kafka-cluster')).click();
      await opened.screenshot({ path: `${ARTIFACTS}plan-graph-${width}-${dark ? 'dark' : 'light'}-${look}.png` });
      expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await opened.evaluate(axe);
      const { violations }: AxeResults = await opened.evaluate("axe.run({ resultTypes: ['violations'] })");
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    expect(problems).toEqual([]);
    await opened.context().close();
  });

  test('a click shows what a resource is, what it needs, what needs it, and its lines; a second one closes it', async () => {
    const { page: opened } = await open();
    await opened.locator(named('prod-kafka-cluster')).click();
    const panel = await text(opened, '#panel');
    for (const said of [
      '$750 a month; a destroy takes it in step 1 of 3',
      'password: (secret)',
      'protected: destroy refuses',
      'needs 2 resources',
      'is needed by 1 resource',
    ])
      expect(panel).toContain(said);
    expect(await texts(opened, '.node.needs')).toEqual(['nodes-a', 'nodes-b']);
    expect(await texts(opened, '#board .node.needed')).toEqual(['+ topic']);
    expect(await opened.locator('#edges path').count()).toBe(3);
    await opened.locator('#panel button', { hasText: 'prod-network-nodes-a' }).click();
    expect(await text(opened, '#panel h2')).toBe('prod-network-nodes-a');
    await opened.keyboard.press('Escape');
    expect(await opened.locator('#panel').isVisible()).toBe(false);
    expect(await opened.locator('#injected').count()).toBe(0);
    await opened.context().close();
  });

  test('words, topics and changes filter, and it is said how many are left', async () => {
    const { page: opened } = await open();
    await opened.keyboard.press('/');
    await opened.keyboard.type('10.22');
    expect(await texts(opened, '#board .node:visible')).toEqual(['vpc']);
    expect(await text(opened, '#told')).toContain('1 resource of 5 shown.');
    await opened.locator('#find').fill('');
    await opened.locator('#topics button', { hasText: 'kafka' }).click();
    expect(await texts(opened, '#board .node:visible')).toEqual(['cluster', '+ topic']);
    await opened.locator('#only').check();
    expect(await texts(opened, '#board .node:visible')).toEqual(['+ topic']);
    await opened.context().close();
  });

  test('the order of a destroy goes step by step, and says what stays in the cloud', async () => {
    const { page: opened } = await open();
    await opened.locator('#order').fill('1');
    expect(await texts(opened, '.node.next')).toEqual(['cluster', '+ topic']);
    expect(await text(opened, '#told')).toContain('Step 1: 2 resources go (red), 1 of them only leave the stack and stay in the cloud');
    await opened.locator('#order').fill('3');
    expect(await texts(opened, '.node.next')).toEqual(['vpc']);
    expect(await opened.locator('.node.gone').count()).toBe(4);
    await opened.context().close();
  });

  test('keys alone are enough: each topic is one stop, arrows walk, Enter opens, and a link names a resource', async () => {
    const { page: opened } = await open();
    await opened.locator('#topics button').last().focus();
    await opened.keyboard.press('Tab');
    await opened.keyboard.press('ArrowRight');
    await opened.keyboard.press('Enter');
    expect(await text(opened, '#panel h2')).toBe('prod-network-nodes-a');
    expect(opened.url()).toMatch(/#prod-network-nodes-a$/);
    await opened.context().close();
    const { page: linked } = await open(1400, false, '#prod-kafka-topic');
    expect(await text(linked, '#panel h2')).toBe('prod-kafka-topic');
    await linked.context().close();
  });
});
