import type { InStep, LinkStep, OutStep, ReceiveStep, SendStep, Step, SwitchStep } from './execution.js';

/** A step of which some keys are stated, these among them. */
type Stating<S extends Step, K extends keyof S> = Pick<S, K | 'rule'> & Partial<S>;

/**
 * A step as somebody writes it down, perhaps by hand: what the environment and the scheduler chose, and as much as they like
 * of what follows from that by the rules. Every `Step` is one.
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
