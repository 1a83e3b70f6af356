import { isProof, openSession, type SolverSession } from './session.js';

/**
 * The one Z3 of this process: it is loaded once, for whoever asks first, and asked one script after the other. Idle, it
 * keeps no process alive.
 */
export function sharedSession(): SolverSession {
  shared ??= inTurn(openSession());
  return shared;
}
let shared: SolverSession | undefined;

/** How many scripts are remembered at most; one program has some dozens. */
const maxRemembered = 5_000;
const maxRememberedLength = 50_000;

/**
 * A session that several may ask at a time: each waits for those before it, and the time limit of a script counts from
 * when its turn comes. A script that was found unsatisfiable is not asked about again: programs with the same event
 * structure share most of their obligations.
 */
function inTurn(session: SolverSession): SolverSession {
  let last: Promise<unknown> = Promise.resolve();
  const unsatisfiable = new Set<string>();
  return {
    evaluate: (script, timeout_ms) => {
      if (unsatisfiable.has(script)) return Promise.resolve({ kind: 'text', text: 'unsat\n' });
      const reply = last.then(() => session.evaluate(script, timeout_ms));
      last = reply;
      return reply.then((said) => {
        const isShort = script.length < maxRememberedLength;
        if (isProof(script, said) && isShort && unsatisfiable.size < maxRemembered) unsatisfiable.add(script);
        return said;
      });
    },
    close: session.close,
  };
}
