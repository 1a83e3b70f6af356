import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/cli/progress.js';

/** A terminal that keeps what is written on it, and a clock that goes only when it is told to. */
function screen({ isTTY = true, columns = 80 } = {}) {
  const written: string[] = [];
  let time_ms = 5_000;
  const stream = {
    isTTY,
    columns,
    write: (text: string | Uint8Array) => {
      written.push(String(text));
      return true;
    },
  };
  const wait = (duration_ms: number) => {
    time_ms += duration_ms;
  };
  return { written, wait, screen: { stream, now_ms: () => time_ms } };
}

const erase = '\r\u001b[K';

describe('the line of progress', () => {
  it('is not shown by what is quick, however often that reports', () => {
    const { written, wait, screen: here } = screen();
    const progress = progressLine('quick.snk', here);
    for (let i = 0; i < 100; i++) {
      progress.report('lemma3', i, 1);
      wait(9.99);
    }
    progress.clear();
    expect(written).toEqual([]);
  });

  it('is shown once a second has passed, then no oftener than five times a second, and is taken away', () => {
    const { written, wait, screen: here } = screen();
    const progress = progressLine('slow.snk', here);
    for (let i = 0; i <= 200; i++) {
      progress.report('lemma3', i, 2);
      wait(10);
    }
    progress.clear();
    progress.clear();
    // At 1, 1.2, 1.4, 1.6, 1.8 and 2 seconds.
    expect(written).toHaveLength(7);
    expect(written[0]).toBe(`${erase}slow.snk: lemma3: 100 states, packet 2, 1 s`);
    expect(written[5]).toBe(`${erase}slow.snk: lemma3: 200 states (100 a second), packet 2, 2 s`);
    expect(written[6]).toBe(erase);
  });

  it('says the speed of each check by itself', () => {
    const { written, wait, screen: here } = screen();
    const progress = progressLine('a.snk', here);
    for (const [check, states] of [
      ['lemma3', 10_000],
      ['theorem1.paper', 50],
      ['theorem1.paper', 2_050],
    ] as const) {
      wait(1_000);
      progress.report(check, states, 3);
    }
    expect(written).toEqual([
      `${erase}a.snk: lemma3: 10,000 states, packet 3, 1 s`,
      `${erase}a.snk: theorem1.paper: 50 states, packet 3, 2 s`,
      `${erase}a.snk: theorem1.paper: 2,050 states (2,000 a second), packet 3, 3 s`,
    ]);
  });

  it('never fills the last column, where a terminal would begin a new line', () => {
    const { written, wait, screen: here } = screen({ columns: 40 });
    const progress = progressLine('a.snk'.repeat(20), here);
    wait(1_000);
    progress.report('lemma3', 1, 1);
    expect(written.map((text) => text.length - erase.length)).toEqual([39]);
  });

  it('is not shown where nobody looks, however long it takes', () => {
    const { written, wait, screen: here } = screen({ isTTY: false });
    const progress = progressLine('slow.snk', here);
    for (let i = 0; i < 100; i++) {
      wait(1_000);
      progress.report('lemma3', i, 1);
    }
    progress.clear();
    expect(written).toEqual([]);
  });
});
