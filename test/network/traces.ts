import { defaultLimits } from '../../src/base/limits.js';
import { enabledDecisions } from '../../src/execution/enabled.js';
import { take } from '../../src/execution/rules.js';
import {
  initialNetwork,
  inputQueue,
  type NetworkState as LiteralState,
  noPacketUnderWay,
  type Setting,
} from '../../src/execution/state.js';
import { showLocation } from '../../src/netkat/topology.js';
import { type Knowledge, knowledge } from '../../src/network/knowledge.js';
import { machine } from '../../src/network/machine.js';
import { mixedPackets } from '../../src/network/mixed-packets.js';
import { blind } from '../../src/network/observer.js';
import type { PacketSpace } from '../../src/network/packet-space.js';
import type { Reductions } from '../../src/network/reductions/reductions.js';
import { encodeState, type NetworkState } from '../../src/network/state.js';
import type { Transition } from '../../src/network/steps.js';
import { taggedPackets } from '../../src/network/tagged-packets.js';
import { variants } from '../../src/network/variants/variants.js';
import { distinct } from '../../src/packets/packet-classes.js';
import { rawPackets } from '../../src/packets/raw-packets.js';
import { matches } from '../../src/theorems/trace.js';
import { allEntries, type Entry } from '../oracle/brute-force.js';

/**
 * A transition system seen from outside: IN and SW show where they happen, E_n before them and, for SW, the labels
 * matched; all else is silent. The explorer leaves out LINK and OUT and puts CTRLRECV and CTRLSEND off: all that may
 * change is silent.
 */
export interface Visible<State> {
  readonly initial: State;
  readonly key: (state: State) => string;
  /** Steps; silent ones show nothing. */
  readonly steps: (state: State) => readonly { readonly shown: string | undefined; readonly next: State }[];
  readonly isComplete: (state: State) => boolean;
}

/** The reductions that change neither the names of switches nor what switches know. */
const faithful: Reductions = new Set(['packets', 'partial-order', 'history'] as const);

/** The rules as the explorer runs them, with so many packets at most, up to some reductions. */
export function explored(
  setting: Setting,
  packets: number,
  reductions: Reductions = faithful,
): Visible<NetworkState & { readonly entered: number }> {
  const { program, system, structure, semantics, controller } = setting;
  const k = knowledge(structure);
  const variant = variants[semantics](k);
  const byTag = variant.forwardsBy === 'tag';
  const classes = reductions.has('packets');
  const raw = rawPackets({ program, system, structure, limits: defaultLimits }, { mixed: !byTag, classes });
  const entering = classes ? distinct(raw) : raw.ingresses;
  const space = byTag ? taggedPackets(program, raw, classes) : mixedPackets(program, raw, entering, false, classes);
  const { switches } = program.topology;
  const network = machine({
    knowledge: k,
    variant,
    space,
    switches,
    controller,
    // Nothing is settled, so that no packet is left out.
    observer: { ...blind, enter: () => [{ global: 0, copy: 0, settled: false, renaming: undefined }] },
    charge: 'complete',
    reductions,
    // Visible steps are compared up to the end of executions, even where no verdict depends on them any more.
    endsEarly: false,
    compares: false,
  });
  return {
    initial: { ...network.initial, entered: 0 },
    key: (state) => {
      const words: number[] = [];
      const end = encodeState(state, words);
      return `${state.entered}|${words.slice(0, end)}`;
    },
    steps: (state) => {
      const found: { shown: string | undefined; next: NetworkState & { entered: number } }[] = [];
      const emit = (entered: number) => (next: NetworkState, action: Transition) => {
        found.push({ shown: shown(k, space, switches, state, action), next: { ...next, entered } });
      };
      if (state.entered < packets) network.enter(state, emit(state.entered + 1), packets);
      network.proceed(state, emit(state.entered), packets);
      return found;
    },
    isComplete: network.isComplete,
  };
}

function shown(
  k: Knowledge,
  space: PacketSpace,
  switches: readonly number[],
  state: NetworkState,
  action: Transition,
): string | undefined {
  if (action.rule !== 'IN' && action.rule !== 'SW') return undefined;
  const queue = action.rule === 'IN' ? space.ingresses[action.ingress]!.queue : action.queue;
  const at = space.queues[queue]!;
  const set = k.set(state.eventSets[switches.indexOf(at.switch)]!);
  const labels = action.rule === 'SW' ? space.labels(state.queues[queue]![0]!.kind) : [];
  return `${action.rule} ${showLocation(at)} ${set} ${labels}`;
}

/** LINK and OUT wherever they are possible. */
function deliver(setting: Setting, state: LiteralState): LiteralState {
  const decision = enabledDecisions(setting, state).find(({ rule }) => rule === 'LINK' || rule === 'OUT');
  const outcome = decision && take(setting, state, decision);
  return outcome?.kind === 'taken' ? deliver(setting, outcome.state) : state;
}

/**
 * The rules to the letter (spec 3). With `eager`, LINK and OUT are taken at once; tests on small programs show that
 * this makes no difference.
 */
export function literal(setting: Setting, packets: number, eager: boolean): Visible<LiteralState> {
  const entries: readonly Entry[] = allEntries(setting);
  return {
    initial: initialNetwork(setting),
    // The rules do not look at when a copy was sent and which switch told an item, so the key leaves both out.
    key: ({ entered, controllerQueue, known, switches }) => {
      const bag = controllerQueue.map(({ item }) => String(item)).sort();
      const rest = JSON.stringify(switches, (name, value: unknown) =>
        name === 'sentBy' || name === 'packet' ? undefined : typeof value === 'bigint' ? String(value) : value,
      );
      return `${entered}|${bag}|${known}|${rest}`;
    },
    steps: (state) => {
      const ins = state.entered < packets ? entries.map((entry) => ({ rule: 'IN' as const, ...entry })) : [];
      return [...ins, ...enabledDecisions(setting, state)].flatMap(
        (decision): { shown: string | undefined; next: LiteralState }[] => {
          const outcome = take(setting, state, decision);
          if (outcome.kind !== 'taken') return [];
          const next = eager ? deliver(setting, outcome.state) : outcome.state;
          if (decision.rule !== 'IN' && decision.rule !== 'SW') return [{ shown: undefined, next }];
          const { at, rule } = decision;
          const head = rule === 'SW' ? inputQueue(state, at)[0] : undefined;
          const lp = head && { packet: 0, headers: head.headers, at, step: 0, kind: 'arrival' as const };
          const matched = setting.structure.events.filter(({ id }) => lp && matches(setting, lp, id));
          const labels = [...new Set(matched.map(({ label }) => label))].sort((a, b) => a - b);
          return [{ shown: `${rule} ${showLocation(at)} ${state.switches[at.switch]!.eventSet} ${labels}`, next }];
        },
      );
    },
    isComplete: noPacketUnderWay,
  };
}

/** A system as a graph whose states are numbered and expanded once. */
interface Graph {
  readonly initial: number;
  readonly edges: (state: number) => readonly { readonly shown: string | undefined; readonly to: number }[];
  readonly isComplete: (state: number) => boolean;
}

function graphOf<State>(system: Visible<State>): Graph {
  const states: State[] = [];
  const ids = new Map<string, number>();
  const id = (state: State): number => {
    const key = system.key(state);
    const known = ids.get(key) ?? states.push(state) - 1;
    ids.set(key, known);
    return known;
  };
  const expanded: { readonly shown: string | undefined; readonly to: number }[][] = [];
  const edges: Graph['edges'] = (state) => {
    expanded[state] ??= system.steps(states[state]!).map(({ shown, next }) => ({ shown, to: id(next) }));
    return expanded[state]!;
  };
  return { initial: id(system.initial), edges, isComplete: (state) => system.isComplete(states[state]!) };
}

/** The states that silent steps lead to, those given among them, ascending. */
function closure({ edges }: Graph, states: Iterable<number>): readonly number[] {
  const found = new Set(states);
  for (const state of found) for (const { shown, to } of edges(state)) if (shown === undefined) found.add(to);
  return [...found].sort((a, b) => a - b);
}

/** What one visible step can show, and where it leads. */
function visible({ edges }: Graph, states: readonly number[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const state of states)
    for (const { shown, to } of edges(state))
      if (shown !== undefined) found.set(shown, (found.get(shown) ?? new Set()).add(to));
  return found;
}

/**
 * A trace, of a complete execution or of the beginning of one, that only one of two systems has; undefined if their
 * traces are the same. `pairs` counts the pairs of sets of states that were compared. (This is the subset construction
 * on both systems side by side.)
 */
export function difference<A, B>(
  first: Visible<A>,
  second: Visible<B>,
): { readonly trace: string | undefined; readonly pairs: number } {
  const [a, b] = [graphOf(first), graphOf(second)];
  const seen = new Set<string>();
  const work = [{ left: closure(a, [a.initial]), right: closure(b, [b.initial]), trace: '' }];
  for (let item = work.pop(); item; item = work.pop()) {
    const { left, right, trace } = item;
    const key = `${left}|${right}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (left.some(a.isComplete) !== right.some(b.isComplete)) return { trace: `${trace}; complete`, pairs: seen.size };
    const [of, by] = [visible(a, left), visible(b, right)];
    const odd = [...of.keys()].find((shown) => !by.has(shown)) ?? [...by.keys()].find((shown) => !of.has(shown));
    if (odd !== undefined)
      return { trace: `${trace}; ${odd} (${of.has(odd) ? 'first' : 'second'} alone)`, pairs: seen.size };
    for (const [shown, next] of of)
      work.push({ left: closure(a, next), right: closure(b, by.get(shown)!), trace: `${trace}; ${shown}` });
  }
  return { trace: undefined, pairs: seen.size };
}
