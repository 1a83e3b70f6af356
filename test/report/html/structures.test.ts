import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type Result, report } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';
import { clientsInOneBlock, independentClients } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-structures-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function pageOf(result: Result): Promise<string> {
  const [page] = await report([result]);
  const file = path.join(folder, page!.name);
  writeFileSync(file, page!.html);
  return file;
}

/** Without packets nothing is explored: the structures are all that is looked at. */
const structuresOf = async (name: string, text: string): Promise<Result> =>
  (await check(text, `${name}.snk`, { packets: 0, engine: 'explore' })).result;

/** The drawings that reach out of their frame: what of them is to be seen only by scrolling. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('svg.graph')].filter((graph) => {
    const frame = graph.closest('.scroll');
    return frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1;
  }).map((graph) => graph.getAttribute('aria-label'))`);

describe.skipIf(!isBrowserThere)('structures of a program, in a browser', () => {
  let browser: Browser;
  let drawn: string;
  let listed: string;
  beforeAll(async () => {
    browser = await launch();
    drawn = await pageOf(await structuresOf('five', clientsInOneBlock(5)));
    listed = await pageOf(await structuresOf('six', clientsInOneBlock(6)));
  });
  afterAll(() => browser.close());

  it.each([desktop, phone])('are drawn whole, and in their own size on request, %o', async (viewport) => {
    const { page, complaints } = await open(browser, drawn, viewport);
    expect(await page.locator('svg.graph').count()).toBe(2);
    expect(await cutOff(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    // What numbers stand for labels is said.
    expect(await page.locator('.numbers li').allTextContents()).toContain('#1 ip_dst=S & ip_src=H1 at 2:100');
    expect(await page.locator('svg.graph .edge text', { hasText: /^#1$/ }).count()).toBe(16);
    await page.getByLabel('in its own size').last().check();
    expect(await cutOff(page)).toEqual(['Event-sets: 32']);
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('are drawn block by block where there are several', async () => {
    const blocks = await pageOf(await structuresOf('blocks', independentClients(6)));
    const { page, complaints } = await open(browser, blocks, desktop);
    expect(
      await page.locator('svg.graph').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
    ).toEqual([
      'Transition systems of 6 blocks: 12 states, 6 edges (64 states together)',
      'Event-sets: 12 in 6 blocks',
    ]);
    expect(await page.locator('svg.graph').first().locator('.edge').count()).toBe(6);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([desktop, phone])('are listed where they are too large to be drawn, %o', async (viewport) => {
    const { page, complaints } = await open(browser, listed, viewport);
    expect(await page.locator('body').textContent()).not.toContain('oo large to be drawn');
    const edges = page.locator('#ets-list tbody tr');
    expect(await edges.count()).toBe(192);
    expect(await page.locator('#sets-list tbody tr').count()).toBe(64);
    await page.locator('#ets-filter').fill('ip_src=H3');
    expect(await edges.filter({ visible: true }).count()).toBe(32);
    expect(await page.locator('#ets-filter-found').textContent()).toBe('32 of 192 entries');
    const [last] = await page.locator('#sets-list td:last-child').all();
    expect((await last!.boundingBox())!.x).toBeLessThan(viewport.width);
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
