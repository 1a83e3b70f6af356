import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';

const alone = 'host A @ 1:1;\nstate [0];\npolicy\n';
const joined = (count: number, operator: string, part: (i: number) => string): string =>
  `${alone}${Array.from({ length: count }, (_, i) => part(i)).join(operator)}`;

const statusesOf = async (text: string): Promise<unknown> => {
  const { result } = await check(text, 'wide.snk', { packets: 1, timeout_ms: 20_000 });
  return (
    result.rejected?.code ??
    Object.fromEntries(Object.entries(result.checks).map(([name, { status }]) => [name, status]))
  );
};

const proved = { tables: 'proved', lemma3: 'proved', 'theorem1.paper': 'proved', 'theorem1.causal': 'proved' };

/** Nothing is limited by the stack: what is wide or deep gets a verdict, or a diagnostic that names the limit. */
describe('programs that are wide', () => {
  it.each(['+', ';', '|', '&'])('200,000 times the same test with %s', { timeout: 120_000 }, async (operator) => {
    expect(await statusesOf(joined(200_001, ` ${operator} `, () => 'pt=1'))).toEqual(proved);
  });
  it('5,000 branches for 5,000 values', { timeout: 120_000 }, async () => {
    const statuses = await statusesOf(joined(5_000, ' + ', (i) => `tcp_dst=${i}; pt<-1`));
    expect(statuses).toMatchObject({ lemma3: expect.stringMatching(/^(holds|proved|unknown)$/) });
  });
  it('100,000 lines of let', { timeout: 60_000 }, async () => {
    const lets = Array.from({ length: 100_000 }, (_, i) => `let a${i} = pt=1;\n`).join('');
    expect(await statusesOf(`host A @ 1:1;\nstate [0];\n${lets}policy a99999`)).toEqual(proved);
  });
});

describe('programs that are deep', () => {
  const nested = (count: number): string => {
    let text = 'pt=1';
    for (let i = 0; i < count; i++) text = `(tcp_dst=${i}; pt=1 + tcp_dst!=${i}; ${text})`;
    return alone + text;
  };
  it('choices within choices as deep as the language has them', { timeout: 120_000 }, async () => {
    expect(await statusesOf(nested(249))).toEqual(proved);
  });
  it('and deeper', async () => expect(await statusesOf(nested(2_000))).toBe('syntax'));
  it('a chain of lets', async () => {
    const lets = Array.from({ length: 100_000 }, (_, i) => `let a${i + 1} = a${i};\n`).join('');
    expect(await statusesOf(`host A @ 1:1;\nstate [0];\nlet a0 = pt=1;\n${lets}policy a100000`)).toBe('syntax');
  });
  it('a line of 2,500 switches', { timeout: 120_000 }, async () => {
    const n = 2_500;
    const links = Array.from({ length: n - 1 }, (_, i) => `link ${i + 1}:2 <-> ${i + 2}:1;`).join('\n');
    const hops = Array.from({ length: n - 1 }, (_, i) => `pt<-2; (${i + 1}:2)->(${i + 2}:1)`).join('; ');
    const text = `host A @ 1:1;\nhost B @ ${n}:2;\n${links}\nstate [0];\npolicy ip_dst=B; ${hops}; pt<-2`;
    expect(await statusesOf(text)).toMatchObject({ lemma3: expect.stringMatching(/^(holds|proved|unknown)$/) });
  });
});
