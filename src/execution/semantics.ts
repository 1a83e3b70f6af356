/** The variants of the rules of Figure 6 (spec 3.1). */
export const semanticsNames = ['tagged', 'figure6', 'two-phase', 'best-effort'] as const;

export type Semantics = (typeof semanticsNames)[number];

/** What a variant of the rules can do, as far as those who are not the rules have to know. */
export interface Capabilities {
  /**
   * What an item of Q says: events that have happened (as a set, or one by one), or the label of a packet that arrived.
   */
  readonly items: 'sets' | 'events' | 'labels';
  /** By what a switch forwards a packet: the tag that it got where it entered, or the version of the switch itself. */
  readonly forwardsBy: 'tag' | 'version';
  /** What a CTRLSEND tells a switch: all that the controller knows, or any one event of it. */
  readonly sends: 'all' | 'one event';
  /** Whether tables are compiled for these rules, and proofs are made of them. */
  readonly compiled: boolean;
}

/**
 * The one place that says what each variant can do. The rules themselves are in `variants.ts`, which imports nothing of
 * it.
 */
export const capabilities: Readonly<Record<Semantics, Capabilities>> = {
  tagged: { items: 'sets', forwardsBy: 'tag', sends: 'all', compiled: true },
  figure6: { items: 'events', forwardsBy: 'tag', sends: 'one event', compiled: false },
  'two-phase': { items: 'labels', forwardsBy: 'tag', sends: 'all', compiled: false },
  'best-effort': { items: 'labels', forwardsBy: 'version', sends: 'all', compiled: false },
};
