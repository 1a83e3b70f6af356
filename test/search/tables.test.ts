import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/compiler/artefact.js';
import { type Compilable, compileTables } from '../../src/compiler/compile.js';
import type { Problem } from '../../src/engines/engine.js';
import type { Verdict } from '../../src/engines/verdict.js';
import type { Setting } from '../../src/execution/state.js';
import { rerunSteps } from '../../src/execution/validate.js';
import {
  allReductions,
  noReductions,
  type Reductions,
  reductionNames,
} from '../../src/network/reductions/reductions.js';
import { exploring } from '../../src/search/explorer.js';
import { firstDifference } from '../../src/tables/by-tables.js';
import { learningSources, type Tables } from '../../src/tables/tables.js';
import { type TheoremName, theorems } from '../../src/theorems/checks.js';
import {
  arrivalsOf,
  compilable,
  detectionDifference,
  forwardingDifference,
  modelSource,
  origin,
  twoWays,
} from '../compiler/compiled.js';
import { faultsIn } from '../smt/tables/faults.js';

const options = { semantics: 'tagged', packets: 2, controller: true } as const;
const budget = { maxStates: 1_000_000, deadline: Number.POSITIVE_INFINITY, maxBytes: 2 ** 30, onProgress: undefined };
/** Those that go as far whether tables are compared or not. */
const steady: Reductions = new Set(['packets', 'partial-order', 'history'] as const);
const run = (source: Compilable, tables?: Tables, check: TheoremName = 'lemma3', reductions = allReductions): Verdict =>
  exploring(reductions)(
    { ...source, options, ...(tables && { tables }) } satisfies Problem,
    theorems[check],
    budget,
  ) as Verdict;

const cases = ['firewall', 'learning-switch', 'port-knocking', 'concurrent-pair', 'nat'].map((name, i) => {
  const source = compilable(modelSource(name))!;
  return { name, source, tables: tablesOf(compileTables(source), origin), seed: 400 + i };
});

describe.each(cases)('the network that runs the tables of $name', ({ source, tables, seed }) => {
  it('reaches the states of the one that runs configurations', () => {
    for (const check of ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const)
      expect(run(source, tables, check, steady)).toEqual(run(source, undefined, check, steady));
  });

  it('differs, if it does, in an execution whose last step is the first that does', () => {
    const setting: Setting = { ...source, semantics: 'tagged', controller: true };
    const arrived = arrivalsOf(source);
    let found = 0;
    for (const { what, tables: faulty } of faultsIn(tables, seed, 30)) {
      const verdict = run(source, faulty);
      if (verdict.status !== 'violated') continue;
      found++;
      const { kind, steps } = verdict.counterexample;
      expect(kind).toBe('compiler');
      const validation = rerunSteps(setting, steps);
      if (validation.kind === 'impossible') throw new Error(`${what}: ${validation.why}`);
      expect(firstDifference(validation.run, faulty)?.step).toBe(steps.length - 1);
      // What no packet that arrives can see is never a difference.
      const byForce = forwardingDifference(source, faulty).difference ?? detectionDifference(source, faulty, arrived);
      expect(byForce, what).toBeDefined();
    }
    expect(found).toBeGreaterThan(10);
  });
});

it('packets that need a pc are followed with it', () => {
  const source = compilable(twoWays)!;
  const tables = tablesOf(compileTables(source), origin);
  expect(tables.widths.pc).toBe(1);
  expect(run(source, tables, 'lemma3', steady)).toEqual(run(source, undefined, 'lemma3', steady));
});

it('packets that match the same labels, but not the same detection rules, are told apart', () => {
  const source = compilable(`
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; field vlan_id in {0, 1, 2}; state [0];
policy pt=2; pt<-1; (state=[0] & vlan_id=0; (1:1)->(4:1)-><state<-[1]> + !(state=[0] & vlan_id=0); (1:1)->(4:1)); pt<-2`)!;
  const tables = tablesOf(compileTables(source), origin);
  for (const vlan_id of [1, 2]) {
    const more = (here: Tables['switches'][number]) =>
      here.detection.map((one) => ({
        ...one,
        priority: one.priority + 10,
        match: { ...one.match, headers: { vlan_id } },
      }));
    const faulty = {
      ...tables,
      switches: tables.switches.map((here) => ({ ...here, detection: [...here.detection, ...more(here)] })),
    };
    expect(run(source, faulty), `vlan_id ${vlan_id}`).toMatchObject({ status: 'violated' });
  }
});

describe('a packet that hosts send', () => {
  const { source, tables } = cases[0]!;
  const atSwitch1 = (change: (here: Tables['switches'][number]) => object): Tables => ({
    ...tables,
    switches: tables.switches.map((one) => (one.id === 1 ? { ...one, ...change(one) } : one)),
  });

  it('and that is stamped wrongly, is a difference as it enters', () => {
    const swapped = atSwitch1(({ stamping }) => ({ stamping: stamping.map((one) => ({ ...one, tag: 1 - one.tag })) }));
    const verdict = run(source, swapped);
    expect(verdict).toMatchObject({
      status: 'violated',
      counterexample: { kind: 'compiler', steps: [{ rule: 'IN' }] },
    });
  });

  it('and that its configuration drops at once, is still looked at: tables may send it on', () => {
    const open = atSwitch1(({ forwarding }) => ({
      forwarding: forwarding.map((one) => ({ ...one, match: { ...one.match, headers: {} } })),
    }));
    const verdict = run(source, open);
    expect(verdict).toMatchObject({ status: 'violated', counterexample: { steps: [{ rule: 'IN' }, { rule: 'SW' }] } });
  });
});

/**
 * One switch that detects nothing hears of an event that all who detect or stamp know of, from a packet and by itself.
 */
const bystander = `
host H1 @ 1:2; link 1:1 -> 2:1; link 2:2 -> 1:3; link 1:4 -> 3:1; link 3:2 -> 1:5; state [0];
policy sw=1 & pt=2; pt<-1; (1:1)->(2:1); pt<-2; ( state=[0]; (2:2)->(1:3)-><state<-[1]> + state!=[0]; (2:2)->(1:3) );
  pt<-4; (1:4)->(3:1); pt<-2; (3:2)->(1:5); pt<-2`;
/** Two of them, and a host at the end whose packets are dropped. */
const passers = `
host H1 @ 1:2; host H4 @ 4:2; link 1:1 -> 2:1; link 2:2 -> 3:1; link 3:2 -> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) );
  pt<-2; (2:2)->(3:1); pt<-2; (3:2)->(4:1); pt<-2`;

describe('no reduction hides what tables forget that do not learn all there is', () => {
  const subsets = [
    [],
    ...learningSources.map((one) => [one]),
    ...learningSources.map((one) => learningSources.filter((other) => other !== one)),
  ];
  it.each([
    ['bystander', bystander],
    ['passers', passers],
    ['firewall', modelSource('firewall')],
    ['portKnocking', modelSource('port-knocking')],
  ])('%s', (_, text) => {
    const source = compilable(text)!;
    const tables = tablesOf(compileTables(source), origin);
    let found = 0;
    for (const { id } of tables.switches)
      for (const learning of subsets) {
        const switches = tables.switches.map((one) => (one.id === id ? { ...one, learning } : one));
        const problem = { ...source, options: { ...options, controller: false }, tables: { ...tables, switches } };
        for (const check of ['lemma3', 'theorem1.causal'] as const) {
          const verdicts = [noReductions, ...reductionNames.map((name) => new Set([name])), allReductions].map(
            (reductions) => exploring(reductions)(problem, theorems[check], budget),
          );
          const what = `switch ${id} learns from ${learning}: ${verdicts.map(({ status }) => status)}`;
          expect(new Set(verdicts.map(({ status }) => status)).size, what).toBe(1);
          if (verdicts[0]!.status === 'violated') found++;
        }
      }
    expect(found).toBeGreaterThan(5);
  });
});
