import type { Semantics } from '../../execution/semantics.js';
import type { PossibleStep } from './steps.js';

/** What a variant of the rules (spec 3.1) is to this engine: where its constraints differ from those of the others. */
export interface Variant {
  /**
   * What a SW tells the controller, so that an item of Q says: all that its switch knows (`sets`); one event that it
   * detects (`events`); the label of the packet that arrived (`labels`): then the controller alone finds events.
   */
  readonly items: 'sets' | 'events' | 'labels';
  /** Whether a CTRLSEND sends one event of R, which is chosen; else it sends all of R. */
  readonly choosesEvent: boolean;
  /** Whether each switch goes by its own version, so that a packet may be processed by several configurations. */
  readonly mixed: boolean;
  /** Whether what runs is the compiled tables; else it is the configurations. */
  readonly compiled: boolean;
  /** The steps at which it matters what the switch knows, if nothing but forwarding asks. */
  readonly uses: (step: PossibleStep) => boolean;
}

/** Where E_n is passed on, it matters everywhere. */
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
