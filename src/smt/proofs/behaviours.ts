import type { Limits } from '../../base/limits.js';
import { type EventSet, setOf } from '../../events/event-set.js';
import type { EventStructure } from '../../events/event-structure.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import { type RawNode, rawPackets } from '../../packets/raw-packets.js';

/** The arrival of a packet, with its tag, at a place with events that it matches. */
export interface TaggedArrival {
  /** The index in F of its tag. */
  readonly tag: number;
  /** The events at that switch. */
  readonly own: EventSet;
  readonly matching: EventSet;
}

/** All that a proof needs to know of a packet that enters; packets that agree in all of it are treated as one. */
export interface Behaviour {
  /** The events at the switch where it enters. */
  readonly own: EventSet;
  /**
   * For each event-set, by its index in F, a number of the packet's tree: two trees are equal iff their numbers are
   * (spec 1.4).
   */
  readonly trees: readonly number[];
  readonly arrivals: readonly TaggedArrival[];
}

/** The behaviours of all packets that can enter (spec 1.4). @throws LimitReached */
export function behavioursOf(
  program: Program,
  system: TransitionSystem,
  structure: EventStructure,
  limits: Limits,
): Behaviour[] {
  const raw = rawPackets({ program, system, structure, limits }, { mixed: false });
  const eventsAt = (n: number): EventSet =>
    setOf(structure.events.filter(({ at }) => at.switch === n).map(({ id }) => id));
  const behaviours = new Map<string, Behaviour>();
  for (const { host, start, trees } of raw.ingresses) {
    const arrivals = new Map<string, TaggedArrival>();
    for (const [tag, c] of raw.configurationOf.entries())
      for (const { at, labels } of reached(start, c)) {
        const matching = setOf(labels.flatMap((label) => structure.eventsOf[label]!));
        if (matching === 0n) continue;
        const own = eventsAt(at.switch);
        arrivals.set(`${tag}|${own}|${matching}`, { tag, own, matching });
      }
    const classes = [...new Set(raw.configurationOf.map((c) => trees[c]!))];
    const behaviour = {
      own: eventsAt(host.at.switch),
      trees: raw.configurationOf.map((c) => classes.indexOf(trees[c]!)),
      arrivals: [...arrivals.values()],
    };
    behaviours.set(`${behaviour.own}|${behaviour.trees}|${[...arrivals.keys()]}`, behaviour);
  }
  return [...behaviours.values()];
}

/** Every node that a packet comes to under a configuration. */
function reached(start: RawNode, configuration: number): ReadonlySet<RawNode> {
  const nodes = new Set([start]);
  for (const node of nodes) for (const { next } of node.hops[configuration] ?? []) if (next) nodes.add(next);
  return nodes;
}
