import { describe, expect, it } from 'vitest';
import { knowledge } from '../../../src/network/knowledge.js';
import { causalDefinition } from '../../../src/search/observers/causal.js';
import { finalHops, pastsOf } from '../../../src/search/observers/pasts.js';
import { theorem1Observer } from '../../../src/search/observers/theorem1.js';
import { chainOfTwo } from '../../oracle/programs.js';
import { settingOf } from '../../oracle/setting.js';

const chain = knowledge(settingOf(chainOfTwo).structure);
const first = chain.add(0, 0);
const both = chain.add(first, 1);

describe('pasts', () => {
  const pasts = pastsOf(chain);
  const [hop, other] = [finalHops.of(0, 3), finalHops.of(2, 0)];
  const a = pasts.id({ events: first, finals: [hop] });
  const b = pasts.id({ events: both, finals: [other] });

  it('are sets of events and of final hops', () => {
    expect(pasts.value(pasts.join(b, a))).toEqual({ events: both, finals: [hop, other] });
    expect(pasts.value(pasts.minus(pasts.join(a, b), a))).toEqual({
      events: chain.minus(both, first),
      finals: [other],
    });
    expect(pasts.value(pasts.withCommon(0, [a, b]))).toEqual({ events: first, finals: [] });
  });

  it('follow packets to other slots, and forget those without one', () => {
    const slots = new Map([
      [2, 0],
      [0, 1],
    ]);
    const hops = [finalHops.of(0, 0), finalHops.of(1, 3)];
    expect(pasts.value(pasts.renumbered(pasts.join(a, b), slots))).toEqual({ events: both, finals: hops });
    expect(pasts.value(pasts.renumbered(a, new Map([[2, 0]])))).toEqual({ events: first, finals: [] });
  });

  it('are refused as numbers that would be taken for others', () => {
    const large = 2 ** 26;
    expect(() => pasts.join(a, large)).toThrow(`internal error: ${a} and ${large} are no pair`);
    expect(() => pasts.minus(a, large)).toThrow('internal error');
  });
});

it('a final hop is refused that would be taken for one of the next packet', () => {
  const watch = (finals: number) => {
    const o = theorem1Observer(chain, causalDefinition(chain), false);
    const packet = o.enter(o.initial, 0, { kind: 0, treeOf: [1], arrival: [], below: [] }, 0)[0]!;
    const saved = JSON.parse(JSON.stringify(o.memory.save()));
    saved.at(-1)[packet.global].packets[0].finals = finals;
    o.memory.restore(saved);
    return () =>
      o.process(packet.global, 0, packet.copy, [], {
        moves: [],
        exits: 0,
        order: [],
        children: [],
        seen: { arrival: [], leaving: [], below: [] },
      });
  };
  expect(watch(2 ** 20 - 1)).not.toThrow();
  expect(watch(2 ** 20)).toThrow('internal error: 0 and 1048576 are no pair');
});
