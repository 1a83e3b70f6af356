import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayVerdict } from '../../../src/execution/replay-verdict.js';
import { check, type Result, report } from '../../../src/workbench.js';
import { isBrowserThere, launch, open, overflows, phone, seriousFindings } from './browser.js';
import { hostile, longExecution, longName } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'snk-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page of one result, as a file. */
async function pageOf(result: Result): Promise<{ readonly file: string; readonly html: string }> {
  const [page] = await report([result]);
  const file = path.join(folder, page!.name);
  writeFileSync(file, page!.html);
  return { file, html: page!.html };
}

const firewall = (name: string): string => `# ${hostile.replaceAll('\u2028', '')}
host ${name} @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy pt=2 & ip_dst=H4; pt<-1; (state=[0]; (1:1)->(4:1)-><state<-[1]> + state!=[0]; (1:1)->(4:1)); pt<-2
+ pt=2 & ip_dst=${name}; state=[1]; pt<-1; (4:1)->(1:1); pt<-2`;

/** A result in which everything that is text is hostile, as if somebody had written the JSON by hand. */
async function hostileResult(): Promise<Result> {
  const { result } = await check(firewall('H1'), `a/${hostile}.snk`, { semantics: 'best-effort' });
  const copy = JSON.parse(JSON.stringify(result).replaceAll('"H1"', JSON.stringify(hostile))) as Result;
  return { ...copy, warnings: [hostile] };
}

/** The firewall's counterexamples, with what switches are said to have done with them. */
async function replayedResult(paper: ReplayVerdict, causal: ReplayVerdict): Promise<Result> {
  const { result } = await check(firewall('H1'), 'replayed.snk', { semantics: 'best-effort', packets: 2 });
  const { checks } = result;
  const also = (name: 'theorem1.paper' | 'theorem1.causal', replay: ReplayVerdict) => ({
    [name]: { ...checks[name]!, replay },
  });
  return { ...result, checks: { ...checks, ...also('theorem1.paper', paper), ...also('theorem1.causal', causal) } };
}
const switches = 'simple_switch 1.15.5';
const confirmed: ReplayVerdict = { verdict: 'confirmed', switches, steps: 8 };
const diverged: ReplayVerdict = {
  ...{ verdict: 'diverged', switches, step: 3, differences: [`port 2: ip_dst is ${hostile}, predicted H4`] },
  ...{ predicted: [], observed: [], rule: `priority 4: port 2 -> port 1 ${hostile}`, log: [] },
};

describe('pages', () => {
  it('say what switches did with the execution, and which switches', async () => {
    const same = await pageOf(await replayedResult(confirmed, confirmed));
    expect(same.html.match(/<div class="replay confirmed">/g)).toHaveLength(1);
    expect(same.html).toContain('</b> on simple_switch 1.15.5: each of 8 steps did');
    const why = `packet 0 is on no wire: ${hostile}`;
    const { html } = await pageOf(await replayedResult(diverged, { verdict: 'not replayable', switches, why }));
    expect(html.match(/<div class="replay diverged">/g)).toHaveLength(1);
    expect(html.match(/<div class="replay not-replayable">/g)).toHaveLength(1);
    expect(html).not.toContain('<img');
  });
  it('are one file below 1 MB, which names no other', async () => {
    for (const result of [await longExecution(30, 200), await hostileResult()]) {
      const { html } = await pageOf(result);
      expect(html.length).toBeLessThan(1_000_000);
      expect(/<(?:link|script|img|iframe)[^>]+(?:src|href)="(?!data:,)/.test(html)).toBe(false);
    }
  });
  it('speak of no certificate where none was written', async () => {
    const { result } = await check(firewall('H1'), 'proved.snk', { packets: 1, engine: 'explore' });
    const proved = { status: 'proved', states: 1, counterexample: null } as const;
    const { html } = await pageOf({ ...result, checks: { lemma3: proved, 'theorem1.causal': proved } });
    expect(html.match(/<td>proof by Z3<\/td>/g)).toHaveLength(2);
    expect(html).not.toContain('certificate');
  });
  it('let no text end a script or begin one', async () => {
    const { html } = await pageOf(await hostileResult());
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    for (const text of ['<img', '<!--', '\u202e', '\u2066', '\u2028', '\u0007'])
      expect(html.includes(text), text).toBe(false);
    expect(html.includes('\\u{202e}')).toBe(true);
  });
  it('are the same whenever they are made', async () => {
    const result = await hostileResult();
    expect((await pageOf(result)).html).toBe((await pageOf(result)).html);
  });
});

describe.skipIf(!isBrowserThere)('pages, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('show hostile names as text, and nothing else happens', async () => {
    const { file } = await pageOf(await hostileResult());
    const { page, complaints } = await open(browser, file, phone);
    expect(await page.locator('h1').textContent()).toContain('<script>hacked=1</script>');
    await page.locator('#execution').getByRole('slider').press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.side .details').first().textContent()).toContain('headers');
    expect(await page.evaluate<string>('typeof hacked')).toBe('undefined');
    expect(await page.locator('img').count()).toBe(0);
    expect(await overflows(page)).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lead to the first step that switches took otherwise', async () => {
    const { file } = await pageOf(await replayedResult(diverged, diverged));
    const { page, complaints } = await open(browser, file, phone, 'dark');
    const replay = page.locator('#execution .replay');
    expect(await replay.textContent()).toContain('diverged on simple_switch 1.15.5: the first that differs is step 4');
    await replay.getByRole('button').click();
    expect(await page.locator('#execution .now b').textContent()).toMatch(/^4 \//);
    expect(await overflows(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('have room for names of 10 kB', async () => {
    const { result } = await check(firewall(longName), 'long.snk', { semantics: 'best-effort', packets: 2 });
    const { file, html } = await pageOf(result);
    expect(html.length).toBeLessThan(1_000_000);
    const { page, complaints } = await open(browser, file);
    expect(await overflows(page)).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('draw 200 steps over 30 switches in under a second, to be read and stepped through', async () => {
    const { file } = await pageOf(await longExecution(30, 200));
    const { page, complaints } = await open(browser, file);
    const slider = page.locator('#execution').getByRole('slider');
    expect(Number(await slider.getAttribute('max'))).toBeGreaterThanOrEqual(200);
    await slider.press('Home');
    // The CPU time that the page itself takes for a step: others may be using this machine.
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const scriptTime_s = async (): Promise<number> => {
      const { metrics } = await devTools.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'ScriptDuration')!.value;
    };
    const before_s = await scriptTime_s();
    await page.evaluate(`document.querySelector('#execution [data-action=forth]').click()`);
    const drawn_s = (await scriptTime_s()) - before_s;
    expect(drawn_s).toBeGreaterThan(0);
    expect(drawn_s).toBeLessThan(1);
    expect(await page.locator('#execution .now b').textContent()).toMatch(/^1 \//);
    expect(await page.locator('#execution .lanes .mark').count()).toBeGreaterThanOrEqual(200);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('filter their tables', async () => {
    const { result } = await check(firewall('H1'), 'firewall.snk');
    const { file } = await pageOf(result);
    const { page } = await open(browser, file);
    const rows = page.locator('#tables-list tbody tr');
    const all = await rows.count();
    await page.getByRole('searchbox').fill('switch 4 detect');
    expect(await rows.filter({ visible: true }).count()).toBe(1);
    expect(await page.locator('#tables-filter-found').textContent()).toBe(`1 of ${all} entries`);
    await page.close();
  });
});
