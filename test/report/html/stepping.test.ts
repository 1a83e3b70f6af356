import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, type Result, report } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';
import { longExecution } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-step-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function pageOf(results: readonly Result[]): Promise<string> {
  const [page] = await report(results);
  const file = path.join(folder, page!.name);
  writeFileSync(file, page!.html);
  return file;
}

const run = async (name: string, semantics: 'best-effort' | 'figure6' | 'two-phase'): Promise<Result> => {
  const file = `models/${name}.snk`;
  return (await check(readFileSync(file), file, { semantics, packets: 2 })).result;
};

/** Where the page's first execution stands: `4 / 8`. */
const standing = (page: Page): Promise<string | null> => page.locator('#execution .now b').textContent();

/** What a reader sees of a list of steps: each sentence whole, in its row, at the height of its mark in the diagram. */
const rowsOf = (page: Page) =>
  page.evaluate<{ text: string; isCut: boolean; off: number; rule: boolean }[]>(`(() => {
    const list = document.querySelector('#execution .sentences');
    const isBeside = list.closest('.diagram') !== null;
    return [...list.children].map((row) => {
      const button = row.querySelector('button');
      const box = row.getBoundingClientRect();
      const text = row.querySelector('.sentence');
      const range = document.createRange();
      range.selectNodeContents(text);
      const whole = range.getBoundingClientRect();
      const band = document.querySelectorAll('#execution .lanes .band')[row.dataset.step - 1].getBoundingClientRect();
      return {
        text: text.textContent,
        isCut: whole.top < box.top - 0.5 || whole.bottom > box.bottom + 0.5 || whole.right > box.right + 0.5
          || [text, button, row].some((one) => getComputedStyle(one).overflow !== 'visible'),
        off: isBeside ? Math.max(Math.abs(band.top - box.top), Math.abs(band.bottom - box.bottom)) : 0,
      };
    });
  })()`);

describe.skipIf(!isBrowserThere)('an execution on a page, in a browser', () => {
  let browser: Browser;
  let firewall: string;
  beforeAll(async () => {
    browser = await launch();
    firewall = await pageOf([await run('firewall', 'best-effort')]);
  });
  afterAll(() => browser.close());

  it.each([desktop, { width: 1000, height: 700 }, phone])('is told in whole sentences, %o', async (viewport) => {
    const file = await pageOf([await run('bandwidth-cap', 'figure6')]);
    const { page, complaints } = await open(browser, file, viewport);
    const rows = await rowsOf(page);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map(({ text }) => text).join('\n')).toMatch(
      /switch 1 takes packet 0 at 1:2 and by g\(\{\}\) sends it out of port 1/,
    );
    for (const { text, isCut, off } of rows) {
      expect(isCut, text).toBe(false);
      expect(off, text).toBeLessThan(1);
    }
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has its sentences below it where the lanes take all the room', async () => {
    const file = await pageOf([await longExecution(30, 60)]);
    const { page } = await open(browser, file);
    const rows = await rowsOf(page);
    expect(rows.filter(({ isCut }) => isCut)).toEqual([]);
    expect(await page.locator('#execution .told .sentences > li').count()).toBe(rows.length);
    await page.keyboard.press('ArrowRight');
    await page.locator('#execution').getByRole('slider').press('End');
    expect(await page.locator('#execution .told li').last().isVisible()).toBe(true);
    expect(await page.evaluate<number>(`document.querySelector('#execution .told').scrollTop`)).toBeGreaterThan(0);
    await page.close();
  });

  it.each([desktop, phone])('begins before its first step, and arrows work at once, %o', async (viewport) => {
    const { page } = await open(browser, firewall, viewport);
    expect(await standing(page)).toBe('0 / 8');
    expect(await page.locator('#execution .lanes .future').count()).toBe(0);
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    expect(await standing(page)).toBe('3 / 8');
    await page.keyboard.press('ArrowLeft');
    expect(await standing(page)).toBe('2 / 8');
    // What scrolls keeps its arrows.
    await page.locator('ol.source').focus();
    await page.keyboard.press('ArrowRight');
    expect(await standing(page)).toBe('2 / 8');
    await page.close();
  });

  it.each([desktop, phone])('has an address for each step, %o', async (viewport) => {
    const { page, complaints } = await open(browser, firewall, viewport);
    const own = page.url();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toMatch(/#execution=x0-0&step=3$/);
    const shared = page.url();
    const other = await browser.newPage({ viewport });
    await other.goto(shared);
    expect(await standing(other)).toBe('3 / 8');
    await other.goto(`${own}#step=5`);
    await expect.poll(() => standing(other)).toBe('5 / 8');
    // Addresses of sections are left alone, and those of steps that there are not lead to the nearest.
    await other.locator('nav.contents a').last().click();
    expect(other.url()).toMatch(/#tables$/);
    expect(await standing(other)).toBe('5 / 8');
    for (const [fragment, shown] of [
      ['step=99', '8 / 8'],
      ['step=-1&execution=<b>', '8 / 8'],
      ['step=0', '0 / 8'],
    ]) {
      await other.evaluate(`location.hash = '${fragment}'`);
      await expect.poll(() => standing(other)).toBe(shown);
    }
    await other.close();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has an address for each of several executions', async () => {
    const file = await pageOf([await run('firewall', 'two-phase'), await run('firewall', 'best-effort')]);
    const { page } = await open(browser, file);
    const chooser = page.locator('select[data-chooses="execution"]');
    await chooser.selectOption('x1-0');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toMatch(/#execution=x1-0&step=1$/);
    await page.locator('#right').getByRole('slider').press('End');
    await expect.poll(() => page.url()).toMatch(/#execution=x1-0&step=1&right=x1-0&right-step=8$/);
    const other = await browser.newPage();
    await other.goto(page.url());
    expect(await standing(other)).toMatch(/^1 \//);
    expect(await other.locator('select[data-chooses="execution"]').inputValue()).toBe('x1-0');
    expect(await other.locator('#right .now b').textContent()).toBe('8 / 8');
    await other.close();
    await page.close();
  });
});
