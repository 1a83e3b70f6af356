import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reports } from '../../../scripts/gallery.js';
import { check, gallery } from '../../../src/workbench.js';
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

describe.skipIf(!isBrowserThere)('the index of a gallery, in a browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-gallery-'));
  let browser: Browser;
  beforeAll(async () => {
    const of = async (name: string) => {
      const file = `models/${name}.snk`;
      const runs = (['tagged', 'best-effort'] as const).map((semantics) =>
        check(readFileSync(file), file, { semantics, packets: 2, engine: 'explore' }),
      );
      return (await Promise.all(runs)).map(({ result }) => result);
    };
    const results = [
      await of('firewall'),
      await of('learning-switch-two-hosts'),
      (await of('undetermined')).slice(0, 1),
    ];
    for (const [name, text] of await gallery(results))
      if (name.endsWith('.html')) writeFileSync(path.join(folder, name), text);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    [desktop, 'light'],
    [phone, 'dark'],
  ] as const)('is read without scrolling sideways, filtered, and explains its words, %o', async (viewport, scheme) => {
    const { page, complaints } = await open(browser, path.join(folder, 'index.html'), viewport, scheme);
    const rows = page.locator('#gallery-list tbody tr');
    expect(await rows.count()).toBe(3);
    // Every cell is to be seen whole.
    for (const cell of await rows.locator('th, td').all()) {
      const { x, width } = (await cell.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width, (await cell.textContent())!).toBeLessThanOrEqual(viewport.width);
    }
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    const shown = () => rows.filter({ visible: true }).locator('th').allTextContents();
    for (const [words, names] of [
      ['undetermined', ['undetermined']],
      ['too-late', ['firewall', 'learning-switch-two-hosts']],
      ['best-effort:violated hosts', ['learning-switch-two-hosts']],
      ['tagged:violated', []],
      ['', ['firewall', 'learning-switch-two-hosts', 'undetermined']],
    ] as const) {
      await page.getByRole('searchbox').fill(words);
      expect(await shown(), words).toEqual(names);
    }
    const explained = await page.locator('.glossary dt').allTextContents();
    const used = ['holds', 'violated', 'rejected', 'too-late', 'undetermined', 'tagged', 'best-effort', 'g(X)'];
    expect(explained).toEqual(expect.arrayContaining(used));
    expect(complaints).toEqual([]);
    await page.close();
  });
});
