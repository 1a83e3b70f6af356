import { expect, it } from 'vitest';
import type { Reply, SolverSession } from '../../src/smt/solver/session.js';
import { openCheckpoint } from '../../src/verbs/checkpoint.js';
import { keepingProofs } from '../../src/verbs/kept-proofs.js';

const folder = () => {
  const kept = new Map<string, Uint8Array>();
  return {
    read: (name: string) => kept.get(name),
    write: (name: string, bytes: Uint8Array) => void kept.set(name, bytes),
    onProblem: (message: string) => expect.unreachable(message),
    names: () => [...kept.keys()],
  };
};
const of = { version: '1', program: 'p', options: {} };

/** A solver that says what it is told to say, and notes what it was asked. */
function solver(says: Readonly<Record<string, Reply>>): SolverSession & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    evaluate: (script) => {
      asked.push(script);
      return Promise.resolve(says[script]!);
    },
    close: () => Promise.resolve(),
  };
}

const text = (said: string): Reply => ({ kind: 'text', text: said });
const says = {
  '(reset)\n1': text('unsat\n'),
  '(reset)\n2': text('sat\n'),
  '(reset)\n3': { kind: 'stopped', why: 'timeout', message: 'too late' },
  // What it says to this depends on what it was told before.
  '(check-sat)': text('unsat'),
} as const;

it('asks again for all but what was proved, each by itself', async () => {
  const here = folder();
  for (const expected of [Object.keys(says), Object.keys(says).slice(1)].map((list) => [...list].sort())) {
    const z3 = solver(says);
    const session = keepingProofs(z3, openCheckpoint(here, 'proofs', of));
    expect(here.names()).toEqual(['proofs']);
    for (const [script, reply] of Object.entries(says)) expect(await session.evaluate(script, 1)).toMatchObject(reply);
    expect([...z3.asked].sort()).toEqual(expected);
  }
});
