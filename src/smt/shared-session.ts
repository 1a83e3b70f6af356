import { openSession, type Session } from './session.js';

/**
 * The one Z3 of this process: it is loaded once, for whoever asks first, and asked one script after the other. Idle, it keeps
 * no process alive.
 */
export function sharedSession(): Session {
  shared ??= inTurn(openSession());
  return shared;
}
let shared: Session | undefined;

/** A session that several may ask at a time: each waits for those before it. The time of a script is its own. */
function inTurn(session: Session): Session {
  let last: Promise<unknown> = Promise.resolve();
  return {
    evaluate: (script, timeout_ms) => {
      const reply = last.then(() => session.evaluate(script, timeout_ms));
      last = reply;
      return reply;
    },
    close: session.close,
  };
}
