import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, gallery } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';

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
    for (const [name, text] of await gallery(results, 'Three programs.'))
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
