import { describe, expect, it } from 'vitest';
import { knowledge } from '../../src/network/knowledge.js';
import { causalDefinition } from '../../src/search/observers/causal.js';
import { paperDefinition } from '../../src/search/observers/paper.js';
import { theorem1Observer } from '../../src/search/observers/theorem1.js';
import { chainOfTwo, conflictLocal } from '../oracle/programs.js';
import { settingOf } from '../oracle/setting.js';

/** Event 0, then event 1; labels and events have the same numbers. Event-sets 0, 1, 2 are {}, {0}, {0, 1}. */
const chain = knowledge(settingOf(chainOfTwo).structure);
const first = chain.add(0, 0);
const both = chain.add(first, 1);

/** Events 0 and 1, of which one only can happen. */
const conflict = knowledge(settingOf(conflictLocal).structure);

describe('the definition of the paper, step by step (spec 4.3)', () => {
  const paper = paperDefinition(chain);

  it('lets an event occur once, after its cause, at a packet of the configuration before', () => {
    expect(paper.occurring([], 0, [0, 1], [])).toEqual([0]);
    expect(paper.occurring([0], 0, [0, 1], [1])).toEqual([1]);
    expect(paper.occurring([0], 0, [0, 1], [0, 2])).toEqual([]);
    expect(paper.occurring([0, 1], 0, [0, 1], [2])).toEqual([]);
  });
  it('lets one of two events occur that exclude each other', () => {
    expect(paperDefinition(conflict).occurring([], 0, [0, 1], [])).toEqual([0]);
    expect(paperDefinition(conflict).occurring([0], 0, [1], [0, 1, 2])).toEqual([]);
  });

  it('keeps a packet with the tree of an X that has all that occurred before it', () => {
    expect(paper.enters([], 0, [0])).toBe('kept');
    expect(paper.enters([0], 0, [0])).toBe('kept');
    expect(paper.enters([0], first, [1])).toBe('kept');
    expect(paper.enters([0], first, [0])).toEqual({ open: { treeOf: [0], unmatched: false } });
    expect(paper.enters([0], first, [0, 2])).toEqual({ open: { treeOf: [0, 2], unmatched: false } });
    expect(paper.enters([], 0, [1])).toEqual({ open: { treeOf: [1], unmatched: true } });
  });
  it('breaks a packet without any match as soon as an event occurs after it', () => {
    const unmatched = { treeOf: [2], unmatched: true };
    expect(paper.revise(unmatched, [0], 0, true)).toBe('violated');
    expect(paper.revise(unmatched, [0], 0, false)).toEqual({ open: unmatched });
    expect(paper.revise(unmatched, [0, 1], 1, false)).toBe('kept');
    expect(paper.revise(unmatched, [0, 1], 1, true)).toBe('violated');
  });
  it('lets a packet that matched too early wait for a later X', () => {
    const early = { treeOf: [0, 2], unmatched: false };
    expect(paper.revise(early, [0], 0, true)).toEqual({ open: early });
    expect(paper.revise(early, [0, 1], 1, true)).toBe('kept');
  });
});

describe('the causal definition, step by step (spec 4.4)', () => {
  const causal = causalDefinition(chain);

  it('lets an event occur wherever its past enables it', () => {
    expect(causal.occurring(both, 0, [0, 1], [])).toEqual([0]);
    expect(causal.occurring(0, first, [0, 1], [])).toEqual([1]);
    expect(causal.occurring(0, both, [0, 1], [])).toEqual([]);
    expect(causalDefinition(conflict).occurring(0, 0, [0, 1], [])).toEqual([0]);
  });
  it('keeps a packet with the tree of an event-set that has its past, once that has occurred', () => {
    expect(causal.enters(first, first, [1, 2])).toBe('kept');
    expect(causal.enters(both, first, [0, 2])).toBe('kept');
    expect(causal.enters(first, first, [2])).toEqual({ open: [2] });
    expect(causal.enters(first, first, [0])).toBe('violated');
  });
  it('takes from a packet the event-sets with what occurs after it', () => {
    expect(causal.revise([1, 2], first, 0, true)).toBe('violated');
    expect(causal.revise([1, 2], first, 0, false)).toBe('kept');
    expect(causal.revise([2], first, 0, false)).toEqual({ open: [2] });
    expect(causal.revise([2], both, 1, true)).toBe('violated');
  });
});

describe('the observer of Theorem 1', () => {
  const watch = () => theorem1Observer(chain, causalDefinition(chain), true);
  type Watch = ReturnType<typeof watch>;
  const hop = (moves: number) => ({
    moves: Array.from({ length: moves }, () => ({ queue: 0, kind: 0 })),
    exits: 0,
    order: [],
    children: [],
    seen: { arrival: [], leaving: [], below: [] },
  });
  const enter = (o: Watch, global: number, past: number, treeOf: readonly number[]) =>
    o.enter(global, past, { kind: 0, treeOf, arrival: [], below: [] }, 0)[0]!;

  it('knows that an event at a switch is after the packet whose last hop was there', () => {
    const o = watch();
    const packet = enter(o, o.initial, 0, [1]);
    const dropped = o.process(packet.global, 0, packet.copy, [], hop(0));
    const other = enter(o, dropped.global, dropped.past, [0, 1, 2]);
    expect(other.settled).toBe(true);
    expect(o.violated(o.process(other.global, dropped.past, other.copy, [0], hop(0)).global)).toBe(true);
    // At another switch nothing says which came first; before anything has occurred, the packet has no right tree.
    const elsewhere = enter(o, dropped.global, 0, [0, 1, 2]);
    expect(o.violated(elsewhere.global)).toBe(true);
    expect(o.violated(o.process(elsewhere.global, 0, elsewhere.copy, [0], hop(0)).global)).toBe(false);
  });

  it('takes a packet for over when its last copy is', () => {
    const o = watch();
    const packet = enter(o, o.initial, 0, [1]);
    const split = o.process(packet.global, 0, packet.copy, [], hop(2));
    const one = o.process(split.global, split.past, split.copies[0]!, [], hop(0));
    // The event occurs at the second copy's hop, which is therefore not before it.
    expect(o.violated(o.process(one.global, one.past, split.copies[1]!, [0], hop(0)).global)).toBe(false);
    // Both copies end, at two switches; the event comes after the one, not after the other.
    const two = o.process(one.global, split.past, split.copies[1]!, [], hop(0));
    const other = enter(o, two.global, two.past, [0, 1, 2]);
    expect(o.violated(o.process(other.global, two.past, other.copy, [0], hop(0)).global)).toBe(false);
    const after = o.process(other.global, o.send(one.past, two.past), other.copy, [0], hop(0));
    expect(o.violated(after.global)).toBe(true);
  });

  it('still knows who is who when a packet before has found its tree', () => {
    const o = watch();
    const waitsForFirst = enter(o, o.initial, 0, [1]);
    const waitsForBoth = enter(o, waitsForFirst.global, 0, [2]);
    const a = o.process(waitsForBoth.global, 0, waitsForFirst.copy, [], hop(0));
    const b = o.process(a.global, 0, waitsForBoth.copy, [], hop(0));
    const trigger = enter(o, b.global, 0, [0, 1, 2]);
    const occurred = o.process(trigger.global, 0, trigger.copy, [0], hop(1));
    expect(o.violated(occurred.global)).toBe(true);
    const past = occurred.renaming!.past(b.past);
    const next = occurred.renaming!.copy(occurred.copies[0]!);

    const notAfter = o.process(occurred.global, 0, next, [1], hop(0));
    expect(o.violated(notAfter.global)).toBe(false);
    const after = o.process(occurred.global, past, next, [1], hop(0));
    expect(o.doomed(after.global)).toBe(true);
  });
});
