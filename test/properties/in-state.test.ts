import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Property } from '../../src/language/property.js';
import { propertyCheck } from '../../src/theorems/checks.js';
import { judgeConfigurations } from '../../src/theorems/configurations.js';
import { check } from '../../src/workbench.js';
import { problemOf } from '../search/differential.js';
import { arbitraryEventfulProgram } from '../search/eventful-program.js';
import { bruteForce } from './brute-force.js';
import { arbitraryGenes, randomOfConfigurations } from './random-properties.js';

it('what is decided of the first configuration is what one packet does in it, whatever its headers', () => {
  const tally = { broken: 0, kept: 0, vacuous: 0 };
  const property = fc.property(arbitraryEventfulProgram, arbitraryGenes, (program, genes) => {
    const [initial] = /(?<=state )\[.*?\]/.exec(program)!;
    const source = `${randomOfConfigurations(program, initial, genes, 4)}\n${program}`;
    // Where nobody tells a switch anything, all is done by the first configuration.
    const problem = problemOf({ source, semantics: 'two-phase', controller: false, packets: 1, unroll: 4 });
    if (typeof problem === 'string') return;
    const { system, structure, limits } = problem;
    for (const one of problem.program.properties) {
      const { form } = one;
      if (form.kind !== 'inState') throw new Error('assertion: a property of configurations');
      const { broken, vacuous, trees } = judgeConfigurations(problem.program, system, form, limits);
      const asked: Property = { ...one, form: { ...form, kind: 'leadsTo' } };
      const setting = {
        program: problem.program,
        system,
        structure,
        semantics: 'two-phase',
        controller: false,
      } as const;
      const [found] = bruteForce(setting, [propertyCheck(asked)], 1, { histories: 10_000, hops: 30 }).values();
      expect(found!.cut).toBe(false);
      expect(broken !== null, one.text).toBe(found!.broken !== undefined);
      expect(vacuous, one.text).toBe(!found!.satisfied);
      expect(trees).toBeGreaterThan(0);
      tally[broken ? 'broken' : vacuous ? 'vacuous' : 'kept']++;
    }
  });
  fc.assert(property, { numRuns: 120, seed: 1 });
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(20);
});

describe('a property of configurations', () => {
  const program = (declared: string): string => `
host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; state [0];
${declared}
policy pt=2 & ip_dst=H2; pt<-1; ( state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1) ); pt<-2
     + pt=2 & ip_dst=H1; state=[1]; pt<-1; (2:1)->(1:1); pt<-2`;
  const verdict = async (declared: string) =>
    (await check(program(declared), 'a.snk', { checks: ['properties'], engine: 'explore' })).result;

  it('is decided of the state that it names, of every state, and of all headers', async () => {
    const { checks } = await verdict(`
property closed: in state [0]: every sent by H2 leads to !delivered;
property opened: in state [1]: every sent by H2 with ip_dst=H1 leads to delivered to H1;
property always: in every state: every sent by H2 with ip_dst=H1 leads to delivered to H1;
property way: in every state: every at 2 & via sent by H1 leads to delivered to H2;
property never: in every state: every sent by H2 & via at 1 leads to dropped;`);
    expect(Object.entries(checks).map(([name, { status, ...more }]) => [name, status, 'vacuous' in more])).toEqual([
      ['property.closed', 'holds', false],
      ['property.opened', 'holds', false],
      ['property.always', 'violated', false],
      ['property.way', 'holds', false],
      ['property.never', 'holds', true],
    ]);
    expect(checks['property.always']!.counterexample).toMatchObject({
      kind: 'property',
      steps: [],
      inState: { state: [0], host: 'H2', headers: { ip_dst: 'H1' }, tree: { kind: 'hop', at: '2:2', next: [] } },
    });
  });

  it('is rejected if its state is never reached, with the nearest that is', async () => {
    const { rejected, checks } = await verdict('property a: in state [3]: every sent leads to dropped;');
    expect(rejected).toMatchObject({ code: 'name', line: 3, column: 1 });
    expect(rejected!.message).toBe(
      'property a speaks of state [3], which is never reached; the nearest that is reached is [1]',
    );
    expect(checks).toEqual({});
  });
});
