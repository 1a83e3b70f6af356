import { expect, it } from 'vitest';
import { check } from '../../src/workbench.js';

/** Each of n hosts sets a flag of its own as its packets come to switch 100: 2^n event-sets. */
const flags = (n: number): string => {
  const hosts = Array.from({ length: n }, (_, i) => i);
  return [
    ...hosts.map((i) => `host H${i} @ ${i + 1}:2; link ${i + 1}:1 -> 100:${i + 1};`),
    'host S @ 100:99;',
    `state [${hosts.map(() => 0)}];`,
    'property arrives: every sent by H0 leads to delivered to S;',
    'property way: never delivered to S & !via at 100;',
    'property first: never delivered to S & before at 100:1 & before at 100:2;',
    'policy',
    hosts
      .map((i) => {
        const link = `(${i + 1}:1)->(100:${i + 1})`;
        return `sw=${i + 1} & pt=2; pt<-1; (state(${i})=0; ${link}-><state(${i})<-1> + state(${i})=1; ${link}); pt<-99`;
      })
      .join('\n+ '),
  ].join('\n');
};

it('where event-sets are a great many, what no packet can break holds, and what some can is found', async () => {
  const { result } = await check(flags(12), 'flags.snk', { checks: ['properties'], engine: 'explore', packets: 2 });
  const found = Object.entries(result.checks).map(([name, { status }]) => [name, status]);
  expect(Object.fromEntries(found)).toEqual({
    'property.arrives': 'holds',
    'property.way': 'holds',
    'property.first': 'violated',
  });
  // Only the event-sets that two packets can come to were looked at.
  expect(result.checks['property.arrives']).not.toHaveProperty('always');
});
