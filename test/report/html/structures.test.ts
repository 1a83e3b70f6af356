import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type Result, report } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';
import { independentClients, knockReset } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-structures-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function pageOf(result: Result): Promise<string> {
  const [page] = await report([result]);
  const file = path.join(folder, page!.name);
  writeFileSync(file, page!.html);
  return file;
}

/** Without packets nothing is explored: the structures are all that is looked at. */
const clients = async (n: number): Promise<Result> =>
  (await check(independentClients(n), `flags-${n}.snk`, { packets: 0, engine: 'explore' })).result;

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
  let clock: string;
  beforeAll(async () => {
    browser = await launch();
    drawn = await pageOf(await clients(5));
    listed = await pageOf(await clients(21));
    clock = await pageOf((await check(knockReset, 'knock-reset.snk', { packets: 2, engine: 'explore' })).result);
  });
  afterAll(() => browser.close());

  it.each([desktop, phone])('are drawn whole, and in their own size on request, %o', async (viewport) => {
    const { page, complaints } = await open(browser, drawn, viewport);
    expect(await page.locator('svg.graph').count()).toBe(2);
    expect(await cutOff(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    // Each block by itself: two states and one edge, not 2^5 and 5 * 2^4.
    expect(await page.locator('svg.graph .node').count()).toBe(20);
    expect(await page.locator('svg.graph .edge').count()).toBe(10);
    expect(await page.locator('svg.graph .node text', { hasText: 'state(3)=1' }).count()).toBe(2);
    // The first block is at the top.
    const y = async (name: string) => (await page.locator('svg.graph').first().getByText(name).boundingBox())!.y;
    expect(await y('state(0)=0')).toBeLessThan(await y('state(4)=0'));
    if (viewport === phone) {
      await page.getByLabel('in its own size').first().check();
      expect(await cutOff(page)).toEqual(['Transition systems of 5 blocks: 10 states, 5 edges (32 states together)']);
    }
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([desktop, phone])('are listed where they are too large to be drawn, %o', async (viewport) => {
    const { page, complaints } = await open(browser, listed, viewport);
    expect(await page.locator('body').textContent()).not.toContain('oo large to be drawn');
    const edges = page.locator('#ets-list tbody tr');
    expect(await edges.count()).toBe(21);
    expect(await page.locator('#sets-list tbody tr').count()).toBe(42);
    await page.locator('#ets-filter').fill('ip_src=H3 ');
    expect(await edges.filter({ visible: true }).count()).toBe(1);
    expect(await page.locator('#ets-filter-found').textContent()).toBe('1 of 21 entries');
    const [last] = await page.locator('#sets-list td:last-child').all();
    expect((await last!.boundingBox())!.x).toBeLessThan(viewport.width);
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([desktop, phone])('show a clock as its automaton, %o', async (viewport) => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, complaints } = await open(browser, clock, viewport, scheme);
      expect(await page.locator('svg.graph').count()).toBe(1);
      expect(await page.locator('svg.graph .node').count()).toBe(4);
      expect(await page.locator('svg.graph .edge').count()).toBe(7);
      expect(await page.locator('#program').textContent()).toContain('A clock at switch 2, of state(0)');
      expect(await page.locator('#program tbody').last().textContent()).toContain('2: after e0');
      expect(await overflows(page)).toBe(false);
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
