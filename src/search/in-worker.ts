import { Worker } from 'node:worker_threads';
import type { Limits } from '../base/limits.js';
import { memoryLimit_bytes } from '../base/memory.js';
import type { Budget, Problem } from '../engines/engine.js';
import type { Verdict } from '../engines/verdict.js';
import type { Unrolling } from '../events/event-structure.js';
import type { ExecutionOptions } from '../execution/execution.js';
import type { Program } from '../language/program.js';
import type { Reductions } from '../network/reductions/reductions.js';
import type { Tables } from '../tables/tables.js';
import type { Check } from '../theorems/checks.js';

/** What a worker is given: plain data, from which it builds the functions of the problem again. */
export interface Task {
  readonly program: Program;
  readonly tables: Tables | undefined;
  readonly unrolling: Unrolling;
  /** Whether the state is one block, be it by itself. */
  readonly isOneBlock: boolean;
  readonly options: ExecutionOptions;
  readonly limits: Omit<Limits, 'deadline'>;
  readonly check: Check;
  readonly reductions: Reductions;
  readonly maxStates: number;
  readonly maxBytes: number;
  /** What the process may use in all. */
  readonly memory_bytes: number;
  readonly time_ms: number;
  /** When it has done enough, by its own clock: see `Budget`. */
  readonly enough: { readonly time_ms: number; readonly states: number } | undefined;
  /**
   * Whether somebody keeps the worker's progress, what was kept before, and how often the worker offers its progress.
   */
  readonly keeps: boolean;
  readonly kept: unknown;
  readonly interval_ms: number;
  /** Shared with the worker: how many of its offers have been kept. */
  readonly taken: Int32Array;
}

/** What a worker says. */
export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly states: number; readonly packets: number }
  | { readonly kind: 'offer' | 'keep'; readonly work: unknown }
  | { readonly kind: 'verdict'; readonly verdict: Verdict };

/** Between two offers at most, unless keeping one takes longer. */
const interval_ms = 5_000;

/**
 * The explorer in a thread of its own: the same search, so the same verdict and the same counterexample, while others
 * go on beside it. Costs some 50 ms, for the thread to start and to analyse the program again.
 */
export const exploringInWorker = (reductions: Reductions) => (problem: Problem, check: Check, budget: Budget) =>
  new Promise<Verdict>((resolve, reject) => {
    const { program, tables, system, structure, options, limits } = problem;
    const { deadline: _, ...rest } = limits;
    const { maxStates, maxBytes, keeper, enough } = budget;
    const task: Task = {
      program,
      tables,
      unrolling: structure.unrolling,
      isOneBlock: system.blocks.length === 1,
      options,
      limits: rest,
      check,
      reductions,
      maxStates,
      maxBytes,
      memory_bytes: memoryLimit_bytes(),
      time_ms: budget.deadline - performance.now(),
      enough: enough && { time_ms: enough.time - performance.now(), states: enough.states },
      keeps: keeper !== undefined,
      kept: keeper?.kept,
      interval_ms,
      taken: new Int32Array(new SharedArrayBuffer(4)),
    };
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
    worker.on('message', (answer: WorkerAnswer) => {
      switch (answer.kind) {
        case 'progress':
          budget.onProgress?.(answer.states, answer.packets);
          break;
        case 'offer':
          // Not whenever it is the keeper's time: the next offer may be long in coming.
          keeper?.keep(() => answer.work);
          Atomics.add(task.taken, 0, 1);
          break;
        case 'keep':
          keeper?.keep(() => answer.work);
          break;
        case 'verdict':
          resolve(answer.verdict);
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`the worker for ${check.name} has ended without a verdict`)));
  });
