import { parentPort, workerData } from 'node:worker_threads';
import { limitMemory } from '../base/memory.js';
import type { Keeper } from '../engines/engine.js';
import { eventStructure } from '../events/event-structure.js';
import { transitionSystem } from '../events/transition-system.js';
import { exploring, orUnknown } from './explorer.js';
import type { Task, WorkerAnswer } from './in-worker.js';

/** What a worker does: explores for one check, and says how far it is, and what it has found. */
const task = workerData as Task;
const {
  program,
  tables,
  unrolling,
  isOneBlock,
  options,
  limits,
  check,
  maxStates,
  maxBytes,
  memory_bytes,
  time_ms,
  enough,
  keeps,
  kept,
  interval_ms,
  taken,
} = task;
limitMemory(memory_bytes);
const say = (answer: WorkerAnswer): void => parentPort!.postMessage(answer);

// The clock of a thread starts when the thread does.
const started = performance.now();
const deadline = started + time_ms;
let wait_ms = 250;
let offers = 0;
let due = performance.now() + wait_ms;
const keeper: Keeper = {
  kept,
  offer: (work) => {
    // Each offer is a copy of all that has been explored: there is never more than one on its way.
    if (performance.now() < due || Atomics.load(taken, 0) < offers) return;
    say({ kind: 'offer', work: work() });
    offers++;
    wait_ms = Math.min(interval_ms, 2 * wait_ms);
    due = performance.now() + wait_ms;
  },
  keep: (work) => say({ kind: 'keep', work: work() }),
};
const verdict = orUnknown(() => {
  const all = { ...limits, deadline };
  const system = transitionSystem(program, all, isOneBlock);
  const structure = eventStructure(system, unrolling, all);
  const problem = { program, system, structure, options, limits: all, ...(tables && { tables }) };
  return exploring(task.reductions)(problem, check, {
    maxStates,
    maxBytes,
    deadline,
    enough: enough && { time: started + enough.time_ms, states: enough.states },
    onProgress: (states, packets) => say({ kind: 'progress', states, packets }),
    keeper: keeps ? keeper : undefined,
  });
});
say({ kind: 'verdict', verdict });
