import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { flags, spread, star } from '../../bench/scale/programs.js';
import { LimitReached } from '../../src/base/limits.js';
import { countRules, tablesOf } from '../../src/compiler/artefact.js';
import { compileTables } from '../../src/compiler/compile.js';
import { embeddedDriver } from '../../src/replay/drivers/embedded.js';
import { openSession } from '../../src/smt/solver/session.js';
import { proveTables } from '../../src/smt/tables/validate.js';
import { readTables } from '../../src/tables/read-tables.js';
import { bmv2 } from '../../src/targets/bmv2/files.js';
import { openflow } from '../../src/targets/openflow/openflow.js';
import { conform } from '../../src/verbs/conform.js';
import { orThrow } from '../../src/verbs/load.js';
import { arbitraryProgramText } from '../language/arbitrary-program.js';
import { arbitraryEventfulProgram } from '../search/eventful-program.js';
import { compilable, detectionDifference, forwardingDifference, origin } from './compiled.js';

const session = openSession();
afterAll(() => session.close());

const tablesIn = (text: string) => {
  const source = compilable(text)!;
  const compiled = compileTables(source);
  return { source, compiled, tables: tablesOf(compiled, origin) };
};

/** A chain of so many events, and one event by itself: what comes back needs both blocks to be at their ends. */
const chainAndOne = (events: number): string => {
  const step = (i: number) => `state(0)=${i}; (1:1)->(2:1)-><state(0)<-${i + 1}>`;
  const chain = [...Array.from({ length: events }, (_, i) => step(i)), `state(0)=${events}; (1:1)->(2:1)`];
  return `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; field vlan_id in {0, 1}; state [0, 0];
policy
  sw=1 & pt=2 & vlan_id=0; pt<-1; (${chain.join(' + ')}); pt<-2
+ sw=1 & pt=2 & vlan_id=1; pt<-1; (state(1)=0; (1:1)->(2:1)-><state(1)<-1> + state(1)=1; (1:1)->(2:1)); pt<-2
+ sw=2 & pt=2; state(0)=${events} & state(1)=1; pt<-1; (2:1)->(1:1); pt<-2`;
};

describe('tables of no block', () => {
  it('have the one event-set of a program without a state, and do what it says', async () => {
    const { source, tables } = tablesIn('host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2');
    expect(tables.blocks.map(({ events }) => events)).toEqual([[]]);
    expect(forwardingDifference(source, tables).difference).toBeUndefined();
    expect(await proveTables(source, tables, [session], performance.now() + 20_000)).toMatchObject({
      kind: 'proved',
    });
  });
});

describe('tables of several blocks', () => {
  it('grow with the sum of the blocks', () => {
    const totals = [10, 20, 40].map((n) => countRules(tablesIn(flags(n)).compiled).total);
    // A rule for what each client sends and one for the answer at each switch, a detection, and a rule for the server.
    expect(totals).toEqual([41, 81, 161]);
    expect(countRules(tablesIn(spread(20)).compiled).total).toBe(5 * 20);
    expect(countRules(tablesIn(flags(3)).compiled)).toMatchObject({ guarded: 56, shared: 10 });
    // Where event-sets are too many to be listed, each is counted all the same.
    expect(countRules(tablesIn(flags(10)).compiled).guarded).toBe(2 ** 10 * (10 + 1 + 5 + 5));
  });

  it('copy registers where that needs fewer entries, and look event-sets up where a block has many events', () => {
    const { tables, source, compiled } = tablesIn(chainAndOne(11));
    expect(tables.blocks.map(({ copies, shift, width }) => [copies, shift, width])).toEqual([
      [false, 0, 4],
      [true, 4, 1],
    ]);
    // Two switches with hosts look up 12 event-sets of the chain, and none of the other block.
    expect(tables.switches.map(({ stamping }) => stamping.length)).toEqual([12, 12]);
    const both = tables.switches[1]!.forwarding.find(({ match }) => match.port === 2)!;
    expect(both.match.tag?.map(({ block }) => block)).toEqual([0, 1]);
    expect(forwardingDifference(source, tables).difference).toBeUndefined();
    expect(detectionDifference(source, tables)).toBeUndefined();
    expect(readTables(JSON.stringify(tables))).toEqual({ ok: true, tables });
    expect(countRules(compiled).shared).toBeLessThan(countRules(compiled).guarded);
  });

  it.each([
    ['flags', flags(12)],
    ['star', star(3)],
    ['a chain and an event', chainAndOne(11)],
  ])('of %s are proved, and refuted without any one bit of a tag', async (_, text) => {
    const { source, tables } = tablesIn(text);
    const ask = (changed: typeof tables) => proveTables(source, changed, [session], performance.now() + 60_000);
    expect(await ask(tables)).toMatchObject({ kind: 'proved' });
    const places = tables.switches.flatMap(({ id, forwarding }) =>
      forwarding.flatMap((rule) => (rule.match.tag ?? []).map(({ block }) => ({ id, rule, block }))),
    );
    const { id, rule, block } = places[places.length - 1]!;
    const loose = { ...rule, match: { ...rule.match, tag: rule.match.tag!.filter((one) => one.block !== block) } };
    const changed = tables.switches.map((here) =>
      here.id === id ? { ...here, forwarding: here.forwarding.map((one) => (one === rule ? loose : one)) } : here,
    );
    expect(await ask({ ...tables, switches: changed })).toMatchObject({ kind: 'refuted' });
    const elsewhere = tables.blocks.map((one, b) => (b === block ? { ...one, shift: 60, copies: false } : one));
    // A block that is said to copy nothing has no entries then: what a switch stamps is undefined.
    if (tables.blocks[block]!.copies)
      expect(await ask({ ...tables, blocks: elsewhere })).toMatchObject({
        kind: 'refuted',
        refutation: { difference: { what: 'stamp' } },
      });
  });

  it.each([
    ['18 flags, whose tags are wider than 16 bits', flags(18)],
    ['a chain and an event, one looked up and one copied', chainAndOne(11)],
    ['star', star(3)],
  ])('run on the embedded interpreter: %s', async (_, text) => {
    for (const semantics of ['tagged', 'two-phase'] as const) {
      const options = { semantics, packets: 5, which: { kind: 'random', executions: 30, seed: 1 } } as const;
      const { first, confirmed } = orThrow(await conform(text, 'blocks.snk', options, embeddedDriver));
      expect(first, semantics).toBeNull();
      expect(confirmed).toBe(30);
    }
  });

  it('are written for P4, and for OpenFlow as long as their event-sets can be listed', () => {
    const { tables } = tablesIn(flags(18));
    const files = bmv2(tables);
    const source = files.kind === 'files' ? files.files.find(({ path }) => path === 'p4/program.p4')!.text : '';
    expect(source).toContain('meta.tag = (bit<64>)((meta.event_set & 64w0x3ffff));');
    expect(openflow(tables)).toEqual({
      kind: 'impossible',
      why: ['there is a folder of entries for each event-set, of which there are more than 1000'],
    });
    expect(openflow(tablesIn(flags(3)).tables)).toMatchObject({ kind: 'files' });
  });
});

it('random programs with several blocks have tables that do what their configurations do', () => {
  let several = 0;
  fc.assert(
    fc.property(fc.oneof(arbitraryEventfulProgram, arbitraryProgramText), (text) => {
      const source = compilable(text);
      if (!source || source.structure.blocks.filter(({ events }) => events !== 0n).length < 2) return;
      try {
        const tables = tablesOf(compileTables(source), origin);
        several++;
        expect(forwardingDifference(source, tables).difference).toBeUndefined();
        expect(detectionDifference(source, tables)).toBeUndefined();
      } catch (error) {
        if (!(error instanceof LimitReached)) throw error;
      }
    }),
    { numRuns: 300 },
  );
  expect(several).toBeGreaterThan(5);
});
