import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { report } from '../../../src/workbench.js';
import { desktop, isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';
import { longExecution } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-long-'));
afterAll(() => rmSync(folder, { recursive: true }));

const max_bytes = 1_000_000;

describe('executions that are too long for a page', () => {
  it('are shown whole up to 500 steps, and by their ends beyond', async () => {
    const result = await longExecution(4, 160_000);
    const { counterexample } = result.checks.lemma3!;
    const of = async (steps: number): Promise<string> => {
      const short = { ...counterexample!, steps: counterexample!.steps.slice(0, steps) };
      const [page] = await report([
        { ...result, checks: { lemma3: { ...result.checks.lemma3!, counterexample: short } } },
      ]);
      return page!.html;
    };
    expect(await of(500)).not.toContain('class="rest"');
    for (const steps of [501, 160_000]) {
      const html = await of(steps);
      expect(html).toContain('class="rest"');
      expect(html).toContain('<code>snk-verify convert RESULT --to text</code>');
      expect(html).toContain(`This execution has ${steps.toLocaleString('en')} steps.`);
      expect(html.length).toBeLessThan(max_bytes);
    }
  });

  it.skipIf(!isBrowserThere).each([desktop, phone])('can be read, in a browser, %o', async (viewport) => {
    const result = await longExecution(4, 160_000);
    const { length } = result.checks.lemma3!.counterexample!.steps;
    const [made] = await report([result]);
    const file = path.join(folder, made!.name);
    writeFileSync(file, made!.html);
    const browser = await launch();
    try {
      const { page, complaints } = await open(browser, file, viewport);
      await page.locator('#execution').getByRole('slider').press('End');
      expect(await page.locator('#execution .now b').textContent()).toBe(`300 / ${length}`);
      const told = page.locator('#execution .last-steps > li');
      expect(await told.count()).toBe(200);
      expect(await told.last().getAttribute('value')).toBe(String(length));
      expect(await told.last().textContent()).toMatch(/^ B receives packet \d+ at 4:2$/);
      expect(await overflows(page)).toBe(false);
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('are left out of a page where there are many, which is said', async () => {
    const result = await longExecution(4, 450);
    const [page] = await report(Array.from({ length: 100 }, () => result));
    expect(page!.html).toMatch(/[5-9]\d more executions would make this page too long/);
    expect(page!.html.length).toBeLessThan(10 * max_bytes);
  });
});
