import type { Semantics } from '../../execution/semantics.js';
import type { PossibleStep } from './steps.js';

/** A variant of the rules (spec 3.1), as far as its constraints differ from those of the other variants. */
export interface Variant {
  /**
   * What a SW tells the controller by one item of Q: all that the switch knows (`sets`), one event that it detects
   * (`events`), or a label that the packet matches (`labels`). With `labels` the controller alone finds events.
   */
  readonly items: 'sets' | 'events' | 'labels';
  /** Whether a CTRLSEND sends one event of R, which is chosen; else it sends all of R. */
  readonly choosesEvent: boolean;
  /** Whether each switch goes by its own version, so that a packet may be processed by several configurations. */
  readonly mixed: boolean;
  /** Whether the compiled tables run; otherwise the configurations do. */
  readonly compiled: boolean;
  /** Whether what the switch knows matters for forwarding at a step. */
  readonly uses: (step: PossibleStep) => boolean;
}

/** In a variant that passes E_n on with copies, E_n matters at every step. */
const everywhere = (): boolean => true;

export const variants: Readonly<Record<Semantics, Variant>> = {
  tagged: { items: 'sets', choosesEvent: false, mixed: false, compiled: true, uses: everywhere },
  figure6: { items: 'events', choosesEvent: true, mixed: false, compiled: false, uses: everywhere },
  // The tag is taken where a packet enters.
  'two-phase': { items: 'labels', choosesEvent: false, mixed: false, compiled: false, uses: ({ copy }) => !copy },
  // The version is looked at where a copy is taken.
  'best-effort': {
    items: 'labels',
    choosesEvent: false,
    mixed: true,
    compiled: false,
    uses: ({ copy }) => copy !== undefined,
  },
};

/** Whether switches find events themselves, and copies carry what is known of them. */
export const inDataPlane = ({ items }: Variant): boolean => items !== 'labels';
