import { Worker } from 'node:worker_threads';
import { timeMet } from '../../base/limits.js';
import { memoryLimit_bytes } from '../../base/memory.js';

/** What the solver said to a script, or why it was stopped before it had said all. */
export type Reply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stopped'; readonly why: 'timeout' | 'memory' | 'fault'; readonly message: string };

/**
 * One Z3 in a worker of its own, asked in SMT-LIB 2, one script after the other. The asynchronous calls of z3-solver
 * corrupt its memory; so the worker makes synchronous ones, and a busy one is ended by ending the worker.
 */
export interface SolverSession {
  /**
   * Evaluates a script; definitions stay for the next one until `(reset)`. Past `timeout_ms` the worker is ended, and
   * the next script finds a new one, which knows nothing. `(error …)` is part of the text, and whoever asks must look
   * for it.
   */
  readonly evaluate: (script: string, timeout_ms: number) => Promise<Reply>;
  /** Ends the worker, busy or not: a script under way is answered as stopped. The session must not be used any more. */
  readonly close: () => Promise<void>;
}

/** Whether a script was found unsatisfiable by itself: one that begins with a (reset) depends on none before it. */
export const isProof = (script: string, reply: Reply): boolean =>
  reply.kind === 'text' && reply.text.trim() === 'unsat' && script.startsWith('(reset)');

/**
 * The memory, in MB, past which Z3 answers `unknown` instead of bringing its process down (its heap is 2 GiB); less if
 * the process may not use as much.
 */
const memory_MB = (): number => Math.min(1_500, Math.round(memoryLimit_bytes() / 1e6));

/**
 * What the worker runs. It is text, and not a file, so that it is found from the sources, from the built library and
 * from the bundled command line alike.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const start = createRequire(workerData.from)('z3-solver/build/z3-built');
start({ print: () => {}, printErr: () => {} }).then((em) => {
  em.ccall('Z3_global_param_set', 'void', ['string', 'string'], ['memory_max_size', String(workerData.memory_MB)]);
  const config = em._Z3_mk_config();
  const context = em._Z3_mk_context(config);
  em._Z3_del_config(config);
  em._set_noop_error_handler(context);
  parentPort.on('message', (script) =>
    parentPort.postMessage(em.ccall('Z3_eval_smtlib2_string', 'string', ['number', 'string'], [context, script])),
  );
});
`;

/** Opens a session. The solver itself is loaded with the first script: about 0.2 s and 120 MB. */
export function openSession(): SolverSession {
  let worker: Worker | undefined;
  let stop: ((reply: Reply) => void) | undefined;

  const end = async (reply: Extract<Reply, { kind: 'stopped' }>): Promise<void> => {
    const ending = worker;
    worker = undefined;
    stop?.(reply);
    await ending?.terminate();
  };

  return {
    evaluate: (script, timeout_ms) =>
      new Promise((resolve) => {
        worker ??= new Worker(program, { eval: true, workerData: { from: import.meta.url, memory_MB: memory_MB() } });
        const here = worker;
        // While there is nothing to wait for, an open session keeps no process alive.
        here.ref();
        const timer = setTimeout(() => {
          void end({ kind: 'stopped', why: 'timeout', message: timeMet });
        }, timeout_ms);
        const answer = (reply: Reply) => {
          stop = undefined;
          clearTimeout(timer);
          // Only the listeners of these two events are removed: the worker's own others must stay.
          here.removeAllListeners('message').removeAllListeners('error');
          here.unref();
          resolve(reply);
        };
        stop = answer;
        here.once('message', (text: string) => answer({ kind: 'text', text }));
        here.once('error', (error: Error) => {
          const why = /memory/i.test(error.message) ? 'memory' : 'fault';
          void end({ kind: 'stopped', why, message: `the solver has ended itself: ${error.message}` });
        });
        here.postMessage(script);
      }),
    close: () => end({ kind: 'stopped', why: 'fault', message: 'the session was closed' }),
  };
}
