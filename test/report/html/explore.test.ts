import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveLocally } from '../../../src/cli/local-server.js';
import { routesOf } from '../../../src/cli/routes.js';
import { orThrow } from '../../../src/verbs/load.js';
import { openExploration, readDocuments, validateExecutions } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, overflows, phone, seriousFindings } from './browser.js';

const file = 'models/firewall.snk';

let browser: Browser;
let server: Awaited<ReturnType<typeof serveLocally>>;
let address: string;

beforeAll(async () => {
  if (!isBrowserThere) return;
  const opened = orThrow(await openExploration(readFileSync(file), file, { semantics: 'best-effort' }));
  server = await serveLocally(routesOf(opened.exploration), 0);
  address = `http://127.0.0.1:${server.port}/`;
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page that fails the test if anything is written to its console, asked of another server, or thrown. */
async function open(at: string): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const page = await browser.newPage();
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|data:)/.test(request.url())) problems.push(request.url());
  });
  await page.goto(at);
  return { page, problems };
}

const choose = async (page: Page, text: string): Promise<void> => {
  const before = await page.locator('[data-actions]').textContent();
  await page
    .locator('[data-choose]')
    .and(page.getByRole('button', { name: text }))
    .first()
    .click();
  await expect.poll(() => page.locator('[data-actions]').textContent()).not.toBe(before);
};

const standing = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('[data-check]')
    .evaluateAll((items) =>
      Object.fromEntries(items.map((item) => [item.getAttribute('data-check'), item.getAttribute('data-status')])),
    );

const way = [
  'packet 0 enters at 1:2 with ip_dst=H4',
  'switch 1 takes packet 0',
  'packet 0 crosses 1:1',
  'switch 4 takes packet 0',
  'H4 receives packet 0',
  'packet 1 enters at 4:2 with ip_dst=H1',
  'switch 4 takes packet 1',
];

describe.skipIf(!isBrowserThere)('explore, in chromium', () => {
  it('chooses steps, shows the checks, undoes, shares and exports', async () => {
    const { page, problems } = await open(address);
    expect(await standing(page)).toEqual({ lemma3: 'kept', 'theorem1.paper': 'kept', 'theorem1.causal': 'kept' });
    for (const text of way.slice(0, 4)) await choose(page, text);
    expect(await standing(page)).toMatchObject({ lemma3: 'kept', 'theorem1.causal': 'open' });
    for (const text of way.slice(4)) await choose(page, text);
    expect(await standing(page)).toEqual({
      lemma3: 'kept',
      'theorem1.paper': 'violated',
      'theorem1.causal': 'violated',
    });
    expect(await page.locator('.violation').textContent()).toContain('too-late');
    expect(await page.locator('#execution .sentences > li').count()).toBe(way.length);

    // What is shared opens where it was, on a page of its own.
    const link = await page.locator('[data-share]').getAttribute('href');
    const shared = new URL(link!, page.url()).href;
    expect(shared).toBe(page.url());
    const other = await open(shared);
    await other.page
      .locator('#execution .sentences > li')
      .nth(way.length - 1)
      .waitFor();
    expect(await standing(other.page)).toMatchObject({ 'theorem1.causal': 'violated' });
    expect(other.problems).toEqual([]);
    await other.page.close();

    // The export is what validate confirms.
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-export]').click()]);
    expect(download.suggestedFilename()).toBe('execution.json');
    const reading = readDocuments(readFileSync(await download.path(), 'utf8'));
    if (!reading.ok) throw new Error(reading.problems.join('\n'));
    const validated = validateExecutions(reading.documents[0]!, readFileSync(file), file);
    expect(validated).toMatchObject({ ok: true, validation: { confirmed: true } });
    expect(reading.documents[0]!.executions.map(({ claim }) => claim?.check)).toEqual([
      'theorem1.paper',
      'theorem1.causal',
      undefined,
    ]);

    // Undo, by the button and by the browser's own.
    await page.locator('[data-undo]').click();
    await page.locator('[data-check="theorem1.causal"][data-status="open"]').waitFor();
    expect(await page.locator('#execution .sentences > li').count()).toBe(way.length - 1);
    await page.goBack();
    await page.locator('[data-check="theorem1.causal"][data-status="violated"]').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    [desktop, 'light'],
    [phone, 'dark'],
  ] as const)('fits %o, and is accessible (axe-core, %s)', async (viewport, colorScheme) => {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(address);
    for (const text of way) await choose(page, text);
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });

  it.each([desktop, phone])('has its choices side by side, by host, %o', async (viewport) => {
    const opened = await openExploration(readFileSync('models/learning-switch.snk'), 'learning-switch.snk');
    if (!opened.ok) throw new Error('the model is refused');
    const own = await serveLocally(routesOf(opened.exploration), 0);
    const page = await browser.newPage({ viewport });
    await page.goto(`http://127.0.0.1:${own.port}/`);
    const rows = page.getByRole('group', { name: 'A host sends' }).locator('.row');
    expect(await rows.locator('.common').allTextContents()).toEqual(['H1', 'H2', 'H4']);
    expect(await rows.first().getByRole('button').allTextContents()).toEqual(
      ['H1', 'H2', 'H4', 'other'].map((host) => `ip_dst=${host}`),
    );
    // Each is named by the whole of what it does.
    const choice = page.getByRole('button', { name: 'packet 0 enters at 2:2 with ip_dst=H4, tagged {}' });
    expect(await choice.textContent()).toBe('ip_dst=H4');
    // No group is a column of buttons.
    for (const group of await page.locator('.choices').all()) {
      const buttons = await group.getByRole('button').all();
      const tops = new Set(await Promise.all(buttons.map(async (button) => (await button.boundingBox())!.y)));
      expect(tops.size, (await group.getAttribute('aria-label'))!).toBeLessThanOrEqual(Math.ceil(buttons.length / 2));
    }
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
    await own.close();
  });

  it('steps through what has happened by arrows, with an address for each step', async () => {
    const { page, problems } = await open(address);
    for (const text of way.slice(0, 3)) await choose(page, text);
    const now = page.locator('#execution .now b');
    await page.locator('h1').click();
    await page.keyboard.press('ArrowLeft');
    expect(await now.textContent()).toBe('2 / 3');
    await expect.poll(() => page.url()).toMatch(/#[\d.]+&step=2$/);
    const other = await open(page.url());
    await expect.poll(() => other.page.locator('#execution .now b').textContent()).toBe('2 / 3');
    await other.page.close();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toMatch(/#[\d.]+$/);
    // What happens next follows on the end, wherever the reader is.
    await page.keyboard.press('ArrowLeft');
    await choose(page, way[3]!);
    expect(await now.textContent()).toBe('4 / 4');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('says what is wrong with a link, and goes on from where it was', async () => {
    const { page } = await open(`${address}#99`);
    await page.locator('#problem:not([hidden])').waitFor();
    expect(await page.locator('#problem').textContent()).toBe('action 1: there is no choice 99');
    await choose(page, way[0]!);
    expect(await page.locator('#problem').isHidden()).toBe(true);
    await page.close();
  });

  it('is read by no other page', async () => {
    const { page } = await open('data:text/html,<title>elsewhere</title>');
    const asked = await page.evaluate(async (target) => {
      try {
        return (await fetch(target)).status;
      } catch {
        return 'refused';
      }
    }, `${address}session`);
    expect(asked).toBe('refused');
    await page.close();
  });
});
