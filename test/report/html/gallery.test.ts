import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reports } from '../../../scripts/gallery.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';

const pages = readdirSync(reports).filter((name) => name.endsWith('.html'));

describe.skipIf(!isBrowserThere)('the pages of reports/, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each(pages)('%s can be read and stepped through, wide and light', async (name) => {
    const { page, complaints } = await open(browser, path.join(reports, name), desktop, 'light');
    expect(await overflows(page)).toBe(false);
    const execution = page.locator('#execution');
    if ((await execution.count()) > 0) {
      const slider = execution.getByRole('slider');
      const last = Number(await slider.getAttribute('max'));
      await slider.press('Home');
      expect(await execution.locator('.now b').textContent()).toBe(`0 / ${last}`);
      for (let step = 1; step <= last; step++) await page.keyboard.press('ArrowRight');
      expect(await execution.locator('.now b').textContent()).toBe(`${last} / ${last}`);
      await page.keyboard.press('ArrowLeft');
      expect(await execution.locator('.now b').textContent()).toBe(`${last - 1} / ${last}`);
      await page.keyboard.press('End');
      // The packet at fault is named at the top, and to be seen in the topology and in the diagram.
      const named = execution.locator('.violation .chip.packet').first();
      if ((await named.count()) > 0) {
        const packet = /\d+/.exec((await named.textContent()) ?? '')?.[0];
        expect(await execution.locator(`.side .token[data-packet="${packet}"]`).first().isVisible()).toBe(true);
        expect(await execution.locator('.diagram .band.fault').count()).toBeGreaterThan(0);
      }
    }
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(pages)('%s can be read on a phone, in the dark', async (name) => {
    const { page, complaints } = await open(browser, path.join(reports, name), phone, 'dark');
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
