import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../src/execution/execution.js';
import { toText } from '../../../src/report/executions/text.js';
import { cpuTime_ms } from '../../cpu-time.js';
import { documentOf, hostile, portraitsOf, rows, vandalised } from './portraits.js';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

describe('swim-lanes', () => {
  it.each([...rows])('of %s, %o fit 80 columns, in ASCII and otherwise, with every step', async (model, options) => {
    const portraits = portraitsOf(await documentOf(model, options));
    expect(portraits.length).toBeGreaterThan(0);
    for (const portrait of portraits) {
      const ascii = toText([portrait], { ascii: true });
      const drawn = toText([portrait], { ascii: false });
      expect(widest(ascii)).toBeLessThanOrEqual(80);
      expect(widest(drawn)).toBeLessThanOrEqual(80);
      expect(ascii).toMatch(/^[\n -~]*$/);
      // The same picture, drawn with other signs.
      const signs: Record<string, string> = { '│': '|', '─': '-', '┼': '+', '●': 'o', '◀': '<', '▶': '>', '■': '#' };
      expect(drawn.replace(/[│─┼●◀▶■]/g, (sign) => signs[sign]!)).toBe(ascii);
      for (const i of portrait.steps.keys()) expect(ascii).toMatch(new RegExp(`^[> ] *${i + 1} `, 'm'));
    }
  });

  it('draw an arrow from the sender to the receiver, and mark the packet at fault', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort', spec: 'causal' }));
    const lines = toText([portrait!], { ascii: true }).split('\n');
    expect(lines.slice(lines.indexOf('') + 1)).toEqual([
      '    H1     s1     s4     H4     C',
      '  1 o------>      |      |      |       p0 enters at 1:2: ip_dst=H4',
      '  2 |      #      |      |      |       s1 sends p0 by g({}) to port 1',
      '  3 |      o------>      |      |       p0 crosses 1:1 -> 4:1',
      '  4 |      |      #      |      |       s4 sends p0 by g({}) to port 2; e0',
      '    |      |      |      |      |       occurs here',
      '  5 |      |      o------>      |       H4 receives p0',
      '> 6 |      |      <------o      |       p1 enters at 4:2: ip_dst=H1',
      '> 7 |      |      #      |      |       s4 drops p1 by g({})',
      '  8 |      |      o------+------>       the controller hears {e0} of step 4',
      '',
    ]);
  });

  it.each(hostile.map((text) => [text.slice(0, 40), text]))('show %j as text, within 80 columns', async (_, text) => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const drawn = toText([vandalised(portrait!, text)], { ascii: true });
    expect(drawn).toMatch(/^[\n -~]*$/);
    expect(
      Math.max(
        ...drawn
          .split('\n')
          .slice(3)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('of 200 steps over 30 switches, or more processes than columns, fit as well', async () => {
    const [portrait] = portraitsOf(await documentOf('firewall', { semantics: 'best-effort' }));
    const walk = (switches: number, length: number): Execution => [
      { rule: 'IN', packet: 0, at: '1:9', headers: { ip_dst: 'H4' }, tag: [] },
      ...Array.from({ length }, (_, i) => {
        const n = (i % switches) + 1;
        return { rule: 'LINK', packet: 0, from: `${n}:1`, to: `${(n % switches) + 1}:2` } as const;
      }),
    ];
    for (const [switches, length] of [
      [30, 199],
      [100, 300],
    ] as const) {
      let drawn = '';
      const cost_ms = cpuTime_ms(() => {
        drawn = toText([{ ...portrait!, claim: null, breaks: [], steps: walk(switches, length) }], { ascii: true });
      });
      expect(cost_ms).toBeLessThan(1000);
      expect(widest(drawn)).toBeLessThanOrEqual(80);
    }
  });
});
