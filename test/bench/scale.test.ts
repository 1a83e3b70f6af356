import { describe, expect, it } from 'vitest';
import { measuredScale } from '../../bench/kept-figures.js';
import { beside, type Cell, measureRow, verdictOf } from '../../bench/scale/cells.js';
import { drawScale, lawOf, type Scale, tailLaw } from '../../bench/scale/figure.js';
import { randfw } from '../../bench/scale/programs.js';
import { rows } from '../../bench/scale/rows.js';
import { fatTree } from '../../scripts/fat-tree.mjs';
import { ring } from '../../scripts/ring.mjs';
import { load, orThrow } from '../../src/verbs/load.js';
import { check } from '../../src/workbench.js';

const cell = (cpu_s: number): Cell => ({
  cpu_s,
  peak_rss_mb: 100,
  verdict: 'proved',
  states: 10,
  obligations: 0,
  entries: 7,
});

describe('the programs of the table', () => {
  it.each(rows.filter(({ name }) => name !== '+ pt=1'))('of size 2 have a meaning: $name', async ({ program }) => {
    const source = program(2);
    const { result } = await check(source, 'program.snk', { engine: 'explore', packets: 1 });
    expect(result.rejected).toBeNull();
    expect(result.nes!.events.length, 'events').toBeGreaterThan(0);
    expect(verdictOf(result)).toBe('holds, no tables');
  });

  it('are as large as they are said to be', () => {
    const sizes = Object.fromEntries(
      rows.map(({ name, program }) => {
        const { program: read, structure } = orThrow(load(program(4), 'program.snk'));
        const { hosts, switches } = read.topology;
        return [name, [hosts.length, switches.length, structure.events.length]];
      }),
    );
    expect(sizes).toEqual({
      flags: [5, 2, 4],
      spread: [8, 8, 4],
      star: [4, 5, 4],
      abfw: [11, 11, 2],
      randfw: [4, 4, 3],
      fw: [5, 2, 1],
      learnhosts: [4, 5, 1],
      ring: [2, 8, 1],
      'fat tree': [17, 20, 1],
      cap: [2, 2, 4],
      branches: [2, 2, 1],
      deepnest: [2, 2, 1],
      '+ pt=1': [1, 1, 0],
    });
    expect(ring(4)).toBe(rows.find(({ name }) => name === 'ring')!.program(4));
    expect(fatTree(4)).toBe(rows.find(({ name }) => name === 'fat tree')!.program(4));
  });

  it('are the same whenever they are asked for', () => expect(randfw(12)).toBe(randfw(12)));
});

describe('a row', () => {
  const [limit, failed] = [{ stopped: 'limit' }, { stopped: 'exit 70' }];

  it('grows on each side until that side is stopped', () => {
    const measured: string[] = [];
    const points = measureRow({ sizes: [1, 2, 3, 4, 5], program: String }, (program, side) => {
      measured.push(`${side} ${program}`);
      if (side === 'before') return program === '2' ? limit : cell(1);
      return program === '4' ? failed : cell(1);
    });
    expect(measured).toEqual(['before 1', 'after 1', 'before 2', 'after 2', 'after 3', 'after 4']);
    expect(points.map(({ size }) => size)).toEqual([1, 2, 3, 4]);
    expect(points[2]).toEqual({ size: 3, before: undefined, after: cell(1) });
  });

  const scaleOf = (times: readonly number[]): Scale => ({
    command: 'none',
    before: 'abc',
    limit_s: 9,
    rows: [
      {
        name: 'fw',
        axis: 'hosts',
        xs: times.map((_, i) => 2 ** (i + 1)),
        points: times.map((time, i) => ({ size: i, before: undefined, after: i === 5 ? limit : cell(time) })),
      },
    ],
  });

  it('has the exponent of its largest sizes, and says from where it holds', () => {
    const [row] = scaleOf([1, 1, 4, 16, 64, 1]).rows;
    expect(tailLaw([1, 2, 4, 8].map((x) => ({ x, y: x })))!.law!.slope).toBeCloseTo(1, 9);
    // What it takes to start hides the law at the smallest sizes.
    expect(lawOf(row!, 'after', 'cpu_s')).toBe('x^2.00 (4 to 32)');
    expect(lawOf(row!, 'after', 'entries')).toBe('x^0.00 (2 to 32)');
    expect(lawOf(row!, 'after', 'obligations'), 'nothing to count').toBe('too few sizes');
    expect(lawOf(scaleOf([1, 9, 1, 9, 1]).rows[0]!, 'after', 'cpu_s')).toBe('no power');
  });

  it('is drawn without what was not measured', () => {
    const drawn = drawScale(scaleOf([1, 1, 4]));
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawn).toContain('fw, by hosts: states x^0.00 (2 to 8)');
  });
});

it('what was measured is of the rows that are measured now, sizes rising', () => {
  const { rows: measured } = measuredScale();
  expect(measured.map(({ name, axis }) => [name, axis])).toEqual(rows.map(({ name, axis }) => [name, axis]));
  for (const [i, { points, xs }] of measured.entries()) {
    const { sizes, x } = rows[i]!;
    expect(points.map(({ size }) => size)).toEqual(sizes.slice(0, points.length));
    expect(xs).toEqual(sizes.slice(0, points.length).map(x));
  }
});

it('a goal is met by a verdict within its time and memory, and by nothing else', () => {
  const cell = { cpu_s: 9.9, peak_rss_mb: 1_000, verdict: 'proved', states: 1, obligations: 1, entries: 1 };
  expect(beside(undefined, cell)).toBe('');
  expect(beside({ cpu_s: 10 }, cell)).toBe('10 s: met');
  expect(beside({ cpu_s: 9 }, cell)).toBe('9 s: missed');
  expect(beside({ cpu_s: 10, peak_rss_mb: 900 }, cell)).toBe('10 s, 900 MB: missed');
  expect(beside({ cpu_s: 10 }, { stopped: 'limit' })).toBe('10 s: missed');
  expect(beside({ cpu_s: 10 }, undefined)).toBe('10 s: missed');
  for (const { sizes, goals } of rows) for (const size of Object.keys(goals)) expect(sizes).toContain(Number(size));
});
