import fc from 'fast-check';
import type { Program, StatefulAtom } from '../../src/language/program.js';
import { readProgram } from '../../src/language/read-program.js';
import type { NetkatAtom, Policy } from '../../src/netkat/policy.js';
import { arbitraryProgramText } from '../language/arbitrary-program.js';
import {
  arbitraryHop,
  arbitraryTest,
  atom,
  crossing,
  fields,
  fieldValue,
  multicast,
  numbered,
  policiesOver,
  reachingHosts,
  sequence,
  topology,
  union,
  wandering,
} from '../netkat/arbitrary-policy.js';

type P = Policy<StatefulAtom>;

const components = 2;
const value = fc.integer({ min: 0, max: 2 });
const component = fc.nat({ max: components - 1 });

const stateTest = fc
  .tuple(component, fc.boolean(), value)
  .map(([c, equal, v]): StatefulAtom => ({ kind: 'testState', component: c, equal, value: v }));

const assignments = fc.oneof(
  fc.tuple(component, value).map(([c, v]) => [{ component: c, value: v }]),
  fc.tuple(value, value).map((values) => values.map((v, c) => ({ component: c, value: v }))),
);

/** A link that assigns state, or the same with a guard, so that not every state has an edge for it. */
const stateHop: fc.Arbitrary<P> = fc
  .tuple(arbitraryHop, assignments, fc.option(stateTest, { nil: undefined }))
  .map(([[link, bare], assigned, guard]) => {
    const hop = crossing<StatefulAtom>({ ...link, kind: 'stateLink', assignments: assigned }, link, bare === 0);
    return guard ? sequence<StatefulAtom>(atom(guard), hop) : hop;
  });

const plainHop = arbitraryHop.map(([link, bare]): P => crossing<NetkatAtom>(link, link, bare === 0));

const leaf: fc.Arbitrary<P> = fc.oneof(
  { weight: 3, arbitrary: arbitraryTest.map((test): P => atom<StatefulAtom>(test)) },
  { weight: 2, arbitrary: fieldValue.map((f): P => atom<StatefulAtom>({ kind: 'assign', ...f })) },
  { weight: 2, arbitrary: stateTest.map(atom) },
  { weight: 2, arbitrary: plainHop },
  { weight: 3, arbitrary: stateHop },
  { weight: 1, arbitrary: wandering(fc.oneof(plainHop, stateHop)) },
  { weight: 1, arbitrary: multicast },
);

/** A program of any policy, over the network of `arbitrary-policy.ts` and a state of two components. */
export const arbitraryTerm: fc.Arbitrary<Program> = fc
  .array(reachingHosts<StatefulAtom>(policiesOver(leaf)), { minLength: 1, maxLength: 3 })
  .map((branches) => programOf(branches.length === 1 ? branches[0]! : union(...branches)));

const programOf = (policy: P): Program => ({
  topology,
  addresses: new Map(),
  fields,
  initial: [0, 0],
  ordered: [],
  properties: [],
  policy: numbered(policy),
  occurrences: [],
  branches: { all: [], of: new Map() },
});

const literals = fc.array(
  fc.tuple(fieldValue, fc.boolean()).map(([f, equal]): P => atom<StatefulAtom>({ kind: 'test', ...f, equal })),
  { minLength: 1, maxLength: 3 },
);

/** A link that is crossed behind several conjunctions, some of which mean the same: `vlan_id=0` and `vlan_id!=1`. */
export const arbitrarySpellings: fc.Arbitrary<Program> = fc
  .tuple(fc.array(literals, { minLength: 2, maxLength: 5 }), fc.array(stateHop, { minLength: 1, maxLength: 2 }))
  .map(([conjunctions, hops]) =>
    programOf(union(...conjunctions.map((tests, i) => sequence(...tests, hops[i % hops.length]!)))),
  );

/** A program as it might be written: its branches go from host to host, and many meet the conditions of spec 2.2. */
export const arbitraryWritten: fc.Arbitrary<Program> = arbitraryProgramText.map((text) => {
  const reading = readProgram(text, 'arbitrary.snk');
  if (!reading.ok) throw new Error(`${reading.diagnostics.map((d) => d.message).join('\n')}\n${text}`);
  return reading.program;
});
