import { type EventSet, members } from '../events/event-set.js';
import type { Step } from '../execution/execution.js';
import type { ReplayVerdict, ShownFrame } from '../execution/replay-verdict.js';
import type { Taken } from '../execution/rules.js';
import type { Run } from '../execution/run.js';
import { readLocation } from '../execution/show.js';
import type { NetworkState } from '../execution/state.js';
import { bytesOf } from '../frames/frame.js';
import { type Carrier, carrierOf } from '../frames/framing.js';
import type { Location } from '../netkat/policy.js';
import { hostAt, showLocation } from '../netkat/topology.js';
import type { ForwardingRule } from '../tables/tables.js';
import { controlBytes, readControl } from '../targets/control-frame.js';
import { controllerPort } from '../targets/layout.js';
import type { Deployed } from './deployed.js';
import type { Fleet, Leaving, Observation } from './drivers/driver.js';
import { predictSwitch, tagOf } from './predict.js';
import { differences, showFrame, showRule } from './shown-frame.js';

/** A copy between switches, or in front of one: the bytes that were seen, and the `pc` that they should have. */
interface Travelling {
  readonly frame: Uint8Array;
  readonly pc: number;
  /** A host's packet that a switch has stamped already. */
  readonly isStamped: boolean;
}

/** A frame that went over a link, or between a host and its port, in a step. */
export interface Passage {
  readonly step: number;
  /** `1:2` for a host's port, `1:1-4:1` for a link. */
  readonly link: string;
  readonly frame: Uint8Array;
}

/** What a switch was asked in a step. */
export interface Exchange {
  readonly step: number;
  readonly switch: number;
  readonly observation: Observation;
  readonly rule: ForwardingRule | null;
}

/** How an execution was played. */
export interface Played {
  readonly verdict: ReplayVerdict;
  readonly passages: readonly Passage[];
  readonly exchanges: readonly Exchange[];
}

/** What ends a replay before its last step. */
class Ended extends Error {
  constructor(readonly verdict: ReplayVerdict) {
    super(verdict.verdict);
  }
}

/**
 * Plays an execution on switches, step by step in its own order: frames are moved along links here, as LINK and OUT say, so that every
 * interleaving can be had. What is predicted comes from the rules of spec 3 (`run`), never from the switches.
 * @param switches their name, for the verdict @throws SwitchFailed
 */
export async function play(deployed: Deployed, run: Run, fleet: Fleet, switches: string): Promise<Played> {
  const { setting } = run;
  const inputs = new Map<string, Travelling[]>();
  const outputs = new Map<string, Travelling[]>();
  const carriers: Carrier[] = [];
  const passages: Passage[] = [];
  const exchanges: Exchange[] = [];
  let serial = 0;

  const put = (queues: Map<string, Travelling[]>, at: string, item: Travelling): void => {
    queues.set(at, [...(queues.get(at) ?? []), item]);
  };
  const takeHead = (queues: Map<string, Travelling[]>, at: string): Travelling => {
    const [head, ...rest] = queues.get(at) ?? [];
    if (!head) throw new Error(`no frame waits at ${at}, though the rules have a packet there`);
    queues.set(at, rest);
    return head;
  };
  const impossible = (why: string): never => {
    throw new Ended({ verdict: 'not replayable', switches, why });
  };
  const ask = async (
    step: number,
    id: number,
    port: number,
    frame: Uint8Array,
    rule: ForwardingRule | null = null,
  ): Promise<Observation> => {
    const observation = await fleet.take(id, port, frame);
    exchanges.push({ step, switch: id, observation, rule });
    return observation;
  };
  const compare = (
    step: number,
    predicted: readonly Leaving[],
    { outputs: observed, log }: Observation,
    rule: ForwardingRule | null,
    more: readonly string[] = [],
  ): void => {
    const show = (leaving: Leaving): ShownFrame => showFrame(deployed.framing, leaving);
    const want = predicted.map(show);
    const got = observed.map(show);
    const said = [...differences(want, got), ...more];
    if (said.length === 0) return;
    throw new Ended({
      verdict: 'diverged',
      switches,
      step,
      differences: said,
      predicted: want,
      observed: got,
      rule: rule && showRule(rule),
      log,
    });
  };
  /** The event-set of a switch, by a control frame that leaves by the controller's port. */
  const control = async (
    step: number,
    id: number,
    operation: 'answer' | 'learn' | 'replace',
    value: EventSet,
    expected: EventSet,
  ): Promise<void> => {
    serial++;
    const asked = controlBytes({ operation, port: controllerPort, value, serial });
    const observation = await ask(step, id, controllerPort, asked);
    const answer = observation.outputs.map(({ frame }) => readControl(frame)).find((frame) => frame?.serial === serial);
    const said =
      answer === undefined
        ? ['the switch did not answer the controller']
        : answer.value === expected
          ? []
          : [`the event-set is {${members(answer.value)}}, predicted {${members(expected)}}`];
    if (said.length > 0) compare(step, [], { ...observation, outputs: [] }, null, said);
  };

  const enter = async (step: number, taken: Taken, before: NetworkState): Promise<void> => {
    if (taken.step.rule !== 'IN') return;
    const at = readLocation(taken.step.at)!;
    const host = hostAt(setting.program.topology, at)!;
    const sender = { name: host.name, ...setting.program.addresses.get(host.name)! };
    const text = new TextEncoder().encode(`snk-verify packet ${taken.step.packet}`);
    const carrier = carrierOf(deployed.framing, taken.step.headers, sender, text);
    if ('noFrame' in carrier)
      return impossible(`packet ${taken.step.packet} is on no wire: ${carrier.noFrame} (step ${step})`);
    carriers[taken.step.packet] = carrier;
    const frame = bytesOf(carrier.base);
    passages.push({ step, link: showLocation(at), frame });
    const item = { frame, pc: 0, isStamped: false };
    if (!mustStampNow(run, step, at)) return put(inputs, showLocation(at), item);
    const tag = deployed.semantics === 'best-effort' ? 0 : tagOf(deployed.tables, before.switches[at.switch]!.eventSet);
    const inner = tag === undefined ? undefined : bytesOf({ ...carrier.base, shim: { tag, pc: 0, digest: 0n } });
    const asked = { operation: 'stamp', port: controllerPort, value: 0n, serial: 0 } as const;
    const predicted = inner && { port: controllerPort, frame: controlBytes({ ...asked, inner }) };
    const observation = await ask(step, at.switch, controllerPort, controlBytes({ ...asked, inner: frame }));
    compare(step, predicted ? [predicted] : [], observation, null);
    if (inner) put(inputs, showLocation(at), { frame: inner, pc: 0, isStamped: true });
  };

  const process = async (step: number, taken: Taken, before: NetworkState): Promise<void> => {
    if (taken.step.rule !== 'SW') return;
    const at = readLocation(taken.step.at)!;
    const head = takeHead(inputs, taken.step.at);
    const predicted = predictSwitch(
      deployed,
      setting,
      at,
      taken.took!,
      head.pc,
      before.switches[at.switch]!.eventSet,
      taken.queued!,
      carriers[taken.step.packet]!,
    );
    if ('noFrame' in predicted)
      return impossible(
        `packet ${taken.step.packet} leaves ${taken.step.at} on no wire: ${predicted.noFrame} (step ${step})`,
      );
    const asked = { operation: 'process', port: at.port, value: 0n, serial: 0, inner: head.frame } as const;
    const [port, frame] = head.isStamped ? [controllerPort, controlBytes(asked)] : [at.port, head.frame];
    const observation = await ask(step, at.switch, port, frame, predicted.rule);
    compare(step, predicted.copies, observation, predicted.rule);
    const after = run.states[step + 1]!.switches[at.switch]!.eventSet;
    await control(step, at.switch, 'answer', 0n, after);
    for (const copy of predicted.copies)
      put(outputs, showLocation({ switch: at.switch, port: copy.port }), { ...copy, isStamped: false });
  };

  const move = (step: number, taken: Taken): void => {
    if (taken.step.rule === 'LINK') {
      const { from, to } = taken.step;
      const head = takeHead(outputs, from);
      passages.push({ step, link: `${from}-${to}`, frame: head.frame });
      put(inputs, to, head);
    }
    if (taken.step.rule === 'OUT') {
      const { at } = taken.step;
      const head = takeHead(outputs, at);
      passages.push({ step, link: at, frame: head.frame });
      // In best-effort a copy may both leave and go on (spec 3.1): it is one frame, which stays.
      const queue = run.states[step + 1]!.switches[readLocation(at)!.switch]!.outputs[readLocation(at)!.port] ?? [];
      const waiting = outputs.get(at) ?? [];
      if (queue.length > waiting.length) outputs.set(at, [head, ...waiting]);
    }
  };

  const inform = async (step: number, taken: Taken, before: NetworkState): Promise<void> => {
    if (taken.step.rule !== 'CTRLSEND') return;
    const n = taken.step.switch;
    const after = run.states[step + 1]!.switches[n]!.eventSet;
    const isUnion = deployed.deployment.mode === 'tagged';
    // In figure6 one event of R is told (spec 3.1): the one that is new, if any.
    const told = deployed.semantics === 'figure6' ? after & ~before.switches[n]!.eventSet : before.known;
    await control(step, n, isUnion ? 'learn' : 'replace', told, after);
  };

  try {
    for (const [i, taken] of run.taken.entries()) {
      const before = run.states[i]!;
      await enter(i, taken, before);
      await process(i, taken, before);
      move(i, taken);
      await inform(i, taken, before);
    }
    return { verdict: { verdict: 'confirmed', switches, steps: run.taken.length }, passages, exchanges };
  } catch (error) {
    if (error instanceof Ended) return { verdict: error.verdict, passages, exchanges };
    throw error;
  }
}

/**
 * Switches stamp a packet as they forward it; in the rules, it may wait between IN and SW. It must be stamped on its own if the event-set is not
 * the same when the switch takes it, or if it never does.
 */
function mustStampNow({ taken, states }: Run, step: number, at: Location): boolean {
  const arrival = taken[step]!.step;
  const isIts = (later: Step): boolean =>
    later.rule === 'SW' && arrival.rule === 'IN' && later.packet === arrival.packet && later.at === arrival.at;
  const turn = taken.findIndex((later, i) => i > step && isIts(later.step));
  const setAt = (i: number): EventSet => states[i]!.switches[at.switch]!.eventSet;
  return turn < 0 || setAt(turn) !== setAt(step);
}
