import type { InStep, LinkStep, OutStep, ReceiveStep, SendStep, Step, SwitchStep } from './execution.js';

/** A step of which some keys are stated, the keys K among them. */
type Stating<S extends Step, K extends keyof S> = Pick<S, K | 'rule'> & Partial<S>;

/**
 * A step as somebody writes it down, perhaps by hand. It says what the environment and the scheduler chose, and may say
 * any part of what the rules make of that. Every `Step` is a `StatedStep`.
 */
export type StatedStep =
  | Stating<InStep, 'at' | 'headers'>
  | Stating<SwitchStep, 'at'>
  | Stating<LinkStep, 'from'>
  | Stating<OutStep, 'at'>
  | Stating<ReceiveStep, 'item'>
  | Stating<SendStep, 'switch'>;

/** An execution of which every step says at least what was chosen. */
export type StatedExecution = readonly StatedStep[];
