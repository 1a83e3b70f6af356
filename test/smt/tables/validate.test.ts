import { afterAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../../src/compiler/artefact.js';
import { type Compilable, compileTables } from '../../../src/compiler/compile.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { proveTables, type TablesProof } from '../../../src/smt/tables/validate.js';
import { mismatches } from '../../../src/tables/match-program.js';
import { readTables } from '../../../src/tables/read-tables.js';
import type { Tables } from '../../../src/tables/tables.js';
import {
  arrivalsOf,
  compilable,
  compilableModels,
  detectionDifference,
  forwardingDifference,
  modelSource,
  origin,
  twoWays,
} from '../../compiler/compiled.js';
import { faultsIn } from './faults.js';

const sessions = [openSession(), openSession()];
afterAll(() => Promise.all(sessions.map(({ close }) => close())));

const ask = (source: Compilable, tables: Tables): Promise<TablesProof> =>
  proveTables(source, tables, sessions, performance.now() + 120_000);
const isProved = async (source: Compilable, tables: Tables) =>
  expect(await ask(source, tables)).toMatchObject({ kind: 'proved' });

/** Programs in which something is there that models do not have. */
const others = {
  pc: twoWays,
  // Iterations inside one hop, one that comes to the same place with the same headers again; and copies that are one
  // where a packet has a value already.
  iteration: `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 2:3; link 1:1 <-> 2:1; field vlan_id in {0, 1, 2}; state [0];
policy sw=1 & pt=2; (vlan_id=0; vlan_id<-1 + vlan_id=1; vlan_id<-2)*; (pt<-1; vlan_id!=2)*; pt=1;
  (state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1)); (vlan_id=1; pt<-2 + vlan_id!=1; pt<-3 + vlan_id<-1; pt<-2)`,
  copies: `
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 2:3; link 1:1 <-> 2:1; field vlan_id in {0, 1, 2}; state [0];
policy sw=1 & pt=2; pt<-1; (vlan_id<-1; (1:1)->(2:1); pt<-2 + (1:1)->(2:1); pt<-3)`,
};
const programs = [
  ...compilableModels.map((name) => [name, modelSource(name)] as const),
  ...Object.entries(others).map(([name, source]) => [name, source] as const),
];

describe('the tables of', () => {
  it.each(programs)('%s are proved to do what the program says, for all packets', async (_, text) => {
    const source = compilable(text)!;
    await isProved(source, tablesOf(compileTables(source), origin));
  });
});

describe('what packets say in their tags', () => {
  it('has been heard where they are taken: a second knock need not ask for the first, for only who was tagged after it comes', async () => {
    const source = compilable(modelSource('port-knocking'))!;
    const tables = tablesOf(compileTables(source), origin);
    expect(tables.switches[1]!.detection).toMatchObject([{ event: 1, required: [0] }]);
    const asking = (required: readonly number[]): Tables => ({
      ...tables,
      switches: tables.switches.map((here) =>
        here.id === 2 ? { ...here, detection: here.detection.map((one) => ({ ...one, required })) } : here,
      ),
    });
    await isProved(source, asking([]));
    expect(await ask(source, asking([0, 1]))).toMatchObject({
      kind: 'refuted',
      refutation: { difference: { what: 'detected' } },
    });
  });
});

describe('single faults in tables', () => {
  const seed = 20_161;
  const each = Math.ceil(200 / programs.length);
  const outcomes = { 'not read': 0, 'not of the program': 0, refuted: 0, 'proved to change nothing': 0 };
  const kinds = new Set<string>();

  it.each(programs)(`in those of %s are found, or change nothing (seed ${seed})`, async (name, text) => {
    const source = compilable(text)!;
    const { program, system, structure } = source;
    const arrived = arrivalsOf(source);
    for (const { what, tables } of faultsIn(
      tablesOf(compileTables(source), origin),
      seed + programs.findIndex(([one]) => one === name),
      each,
    )) {
      kinds.add(what.split(',')[0]!);
      if (!readTables(JSON.stringify(tables)).ok) outcomes['not read']++;
      else if (mismatches(tables, program, system, structure).length > 0) outcomes['not of the program']++;
      else {
        // Every packet over the domains, by brute force, is the judge.
        const difference =
          forwardingDifference(source, tables).difference ?? detectionDifference(source, tables, arrived);
        const validation = await ask(source, tables);
        expect(validation, `${what}; by brute force: ${difference}`).toMatchObject({
          kind: difference === undefined ? 'proved' : 'refuted',
        });
        outcomes[difference === undefined ? 'proved to change nothing' : 'refuted']++;
      }
    }
  });

  it('are of every kind, most of them found', () => {
    console.log(`${Object.values(outcomes).reduce((a, b) => a + b)} faults: ${JSON.stringify(outcomes)}`);
    expect(kinds.size).toBeGreaterThan(15);
    expect(outcomes.refuted).toBeGreaterThan(100);
    expect(outcomes['proved to change nothing']).toBeGreaterThan(5);
  });
});
