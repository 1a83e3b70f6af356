import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseStudies, galleries, keptNames, reports, write } from '../../../scripts/gallery.js';
import { desktop, isBrowserThere, launch, ofAppearance, open, overflows, phone, seriousFindings } from './browser.js';

/** Where the links of a page lead. */
const links = (page: string): string[] => [...page.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href!);

/** Holds the galleries of some programs, the case studies among them, to what pages have to be. */
export function holdGalleries(programs: readonly string[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'snk-gallery-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Made once for all that follows: every program is checked under every semantics. */
  let made: Awaited<ReturnType<typeof galleries>>;
  beforeAll(async () => {
    made = await galleries(programs);
    write(path.join(folder, 'whole'), made.whole);
    write(path.join(folder, 'kept'), made.kept);
  }, 900_000);

  describe('the galleries', () => {
    it('reports/ is what `npm run gallery` makes of the case studies', () => {
      expect(keptNames().sort()).toEqual([...made.kept.keys()].sort());
      const stale = [...made.kept].filter(([name, text]) => readFileSync(path.join(reports, name), 'utf8') !== text);
      expect(stale.map(([name]) => name)).toEqual([]);
    });

    it.each([
      ['whole', programs],
      ['kept', caseStudies],
    ] as const)('the index of the %s one leads to the page of each program, and nowhere else', (which, theirs) => {
      const files = made[which];
      const pages = theirs.map((name) => `${name}.html`);
      expect(links(files.get('index.html')!)).toEqual(pages);
      const badges = theirs.map((name) => `badges/${name}.svg`);
      expect([...files.keys()].sort()).toEqual(['index.html', ...pages, ...badges].sort());
    });

    it('a page of a case study is the same in both', () => {
      for (const name of caseStudies) expect(made.kept.get(`${name}.html`)).toBe(made.whole.get(`${name}.html`));
    });
  });

  const pages = [
    ...['index', ...programs].map((name) => path.join('whole', `${name}.html`)),
    path.join('kept', 'index.html'),
  ];

  describe.skipIf(!isBrowserThere)('the pages of the galleries, in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser.close());

    it.each(pages)('%s can be read and stepped through, wide and light', async (name) => {
      const { page, complaints } = await open(browser, path.join(folder, name), desktop, 'light');
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
      const { page, complaints } = await open(browser, path.join(folder, name), phone, 'dark');
      expect(await overflows(page)).toBe(false);
      expect(await seriousFindings(page, ofAppearance)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
}
