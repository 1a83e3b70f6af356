import type { Headers } from '../netkat/fields.js';
import type { Location } from '../netkat/policy.js';

/** What the environment and the scheduler choose: with it, the next step is determined. */
export type Decision =
  | { readonly rule: 'IN'; readonly at: Location; readonly headers: Headers }
  /** `order` permutes the outputs of `configuration.hop`; without it, they are queued as they are listed there. */
  | { readonly rule: 'SW'; readonly at: Location; readonly order?: readonly number[] }
  | { readonly rule: 'LINK'; readonly from: Location }
  | { readonly rule: 'OUT'; readonly at: Location }
  /** `item` is an index into Q. */
  | { readonly rule: 'CTRLRECV'; readonly item: number }
  /** `choice` (0 if absent) is an index into what `Variant.send` offers: only `figure6` offers more than one. */
  | { readonly rule: 'CTRLSEND'; readonly switch: number; readonly choice?: number };
