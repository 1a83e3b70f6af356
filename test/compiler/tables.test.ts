import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../src/base/limits.js';
import { countRules, tablesOf } from '../../src/compiler/artefact.js';
import { compileTables } from '../../src/compiler/compile.js';
import { tableLimits } from '../../src/tables/tables.js';
import { arbitraryProgramText } from '../language/arbitrary-program.js';
import {
  compilable,
  compilableModels,
  compileSource,
  detectionDifference,
  forwardingDifference,
  modelSource,
  origin,
  twoWays,
} from './compiled.js';

describe.each(compilableModels)('the tables of %s', (name) => {
  const source = compilable(modelSource(name))!;
  const compiled = compileTables(source);
  const tables = tablesOf(compiled, origin);

  it('forward and stamp as Configuration.hop and IN do, every packet, event-set and position', () => {
    const { difference, lookups } = forwardingDifference(source, tables);
    expect(difference).toBeUndefined();
    expect(lookups).toBeGreaterThan(0);
  });
  it('detect and learn as rule SW does, whatever has been heard', () => {
    expect(detectionDifference(source, tables)).toBeUndefined();
  });
  it('have no more rules after sharing than before', () => {
    const { guarded, shared } = countRules(compiled);
    expect(shared).toBeLessThanOrEqual(guarded);
  });
});

describe('rule counts', () => {
  // Paper: 18, 43, 72 rules, and 16, 27, 46 after sharing.
  it.each([
    ['firewall', { guarded: 6, shared: 4, total: 9 }],
    ['learning-switch', { guarded: 13, shared: 8, total: 15 }],
    ['port-knocking', { guarded: 24, shared: 12, total: 26 }],
  ])('%s', (name, counts) => {
    expect(countRules(compileSource(modelSource(name)))).toEqual(counts);
  });
});

describe.each(['firewall', 'learning-switch', 'port-knocking'])('every entry of the tables of %s', (name) => {
  const source = compilable(modelSource(name))!;
  const tables = tablesOf(compileTables(source), origin);
  /** The tables without the i-th entry of one table of one switch. */
  const without = (table: 'forwarding' | 'stamping' | 'detection', id: number, i: number) => ({
    ...tables,
    switches: tables.switches.map((s) => (s.id === id ? { ...s, [table]: s[table].filter((_, j) => j !== i) } : s)),
  });
  it('is needed, and missed by the comparison if it is left out', () => {
    for (const { id, forwarding, stamping, detection } of tables.switches) {
      for (const i of forwarding.keys())
        expect(forwardingDifference(source, without('forwarding', id, i)).difference).toBeDefined();
      for (const i of stamping.keys())
        expect(forwardingDifference(source, without('stamping', id, i)).difference).toBeDefined();
      for (const i of detection.keys()) expect(detectionDifference(source, without('detection', id, i))).toBeDefined();
    }
  });
});

describe('detection', () => {
  it('keeps three events of which any two are compatible from all happening', () => {
    // Each of the three closes itself; with two of them the third is closed as well.
    const event = (i: number) => {
      const [j, k] = [0, 1, 2].filter((other) => other !== i);
      const open = `state(${i})=0; !(state(${j})=1 & state(${k})=1)`;
      return `vlan_id=${i}; (${open}; (1:1)->(4:1)-><state(${i})<-1> + !(${open.replace('; ', ' & ')}); (1:1)->(4:1))`;
    };
    const source = compilable(`
host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; field vlan_id in {0, 1, 2}; state [0, 0, 0];
policy sw=1 & pt=2; pt<-1; (${[0, 1, 2].map(event).join(' + ')}); pt<-2`)!;
    const tables = tablesOf(compileTables(source), origin);
    expect(tables.blocks.map(({ eventSets }) => eventSets.length)).toEqual([7]);
    // Two ways each: without the one, or without the other.
    expect(tables.switches.find(({ id }) => id === 4)!.detection.length).toBe(6);
    expect(detectionDifference(source, tables)).toBeUndefined();
    expect(forwardingDifference(source, tables).difference).toBeUndefined();
  });
});

describe('random programs', () => {
  it('have tables that do what their configurations do', () => {
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryProgramText, (text) => {
        const source = compilable(text);
        if (!source) return;
        // A clock has a great many events, and a digest a bit for each.
        if (source.structure.events.length > tableLimits.digestBits) {
          expect(() => compileTables(source)).toThrow(LimitReached);
          return;
        }
        accepted++;
        const compiled = compileTables(source);
        const tables = tablesOf(compiled, origin);
        expect(forwardingDifference(source, tables).difference).toBeUndefined();
        expect(detectionDifference(source, tables)).toBeUndefined();
        const { guarded, shared } = countRules(compiled);
        expect(shared).toBeLessThanOrEqual(guarded);
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('pc', () => {
  it('is there where headers do not tell positions apart', () => {
    const source = compilable(twoWays)!;
    const compiled = compileTables(source);
    expect(compiled.pcSize).toBe(2);
    expect(forwardingDifference(source, tablesOf(compiled, origin)).difference).toBeUndefined();
  });
  it('is not there where headers do', () => {
    const told = twoWays.replace('pt=2;', 'pt=2 & vlan_id=1;').replace('pt=3;', 'pt=3 & vlan_id=2;');
    const source = compilable(told)!;
    const compiled = compileTables(source);
    expect(compiled.pcSize).toBe(1);
    expect(forwardingDifference(source, tablesOf(compiled, origin)).difference).toBeUndefined();
  });
  it('does not tell apart copies that one packet has become', () => {
    const source = compilable(`
host H1 @ 1:2; host H2 @ 2:2; host H3 @ 2:3; link 1:1 <-> 2:1; field vlan_id in {0, 1, 2}; state [0];
policy sw=1 & pt=2; pt<-1; (vlan_id<-1; (1:1)->(2:1); pt<-2 + (1:1)->(2:1); pt<-3)`)!;
    expect(forwardingDifference(source, tablesOf(compileTables(source), origin)).difference).toBeUndefined();
  });
});
