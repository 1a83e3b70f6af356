import { showEvents } from '../base/event-set-notation.js';
import { type EventSet, members } from '../events/event-set.js';
import type { Step } from '../execution/execution.js';
import type { ReplayVerdict, ShownFrame } from '../execution/replay-verdict.js';
import type { Taken } from '../execution/rules.js';
import type { Run } from '../execution/run.js';
import { capabilities } from '../execution/semantics.js';
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
import { packedTag, predictSwitch } from './predict.js';
import { differences, showFrame, showRule } from './shown-frame.js';

/** A copy between switches, or waiting at one: the bytes that were seen, and the `pc` that they should have. */
interface Travelling {
  readonly frame: Uint8Array;
  readonly pc: number;
  /** Whether this is a host's packet that its switch has stamped already. */
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

/** A replay under way: where its frames are, and what was seen so far. */
interface Playing {
  readonly deployed: Deployed;
  readonly run: Run;
  readonly fleet: Fleet;
  /** The switches' name, for the verdict. */
  readonly switches: string;
  readonly inputs: Map<string, Travelling[]>;
  readonly outputs: Map<string, Travelling[]>;
  /** By packet: the frame that its host sent. */
  readonly carriers: Carrier[];
  readonly passages: Passage[];
  readonly exchanges: Exchange[];
  /** How many control frames were sent. */
  serial: number;
}

/** A step of the run that is played. */
interface Turn {
  readonly index: number;
  readonly taken: Taken;
  readonly before: NetworkState;
  readonly after: NetworkState;
}

/**
 * Plays an execution on switches, step by step in its own order. Frames are moved along links by this function, as LINK
 * and OUT say, so that every interleaving can be played. What is predicted comes from the rules of spec 3 (`run`),
 * never from the switches.
 * @param switches their name, for the verdict @throws SwitchFailed
 */
export async function play(deployed: Deployed, run: Run, fleet: Fleet, switches: string): Promise<Played> {
  const [inputs, outputs] = [new Map<string, Travelling[]>(), new Map<string, Travelling[]>()];
  const [carriers, passages, exchanges]: [Carrier[], Passage[], Exchange[]] = [[], [], []];
  const playing = { deployed, run, fleet, switches, inputs, outputs, carriers, passages, exchanges, serial: 0 };
  try {
    for (const [index, taken] of run.taken.entries()) {
      const turn = { index, taken, before: run.states[index]!, after: run.states[index + 1]! };
      await enter(playing, turn);
      await process(playing, turn);
      move(playing, turn);
      await inform(playing, turn);
    }
    return { verdict: { verdict: 'confirmed', switches, steps: run.taken.length }, passages, exchanges };
  } catch (error) {
    if (error instanceof Ended) return { verdict: error.verdict, passages, exchanges };
    throw error;
  }
}

function put(queues: Map<string, Travelling[]>, at: string, item: Travelling): void {
  queues.set(at, [...(queues.get(at) ?? []), item]);
}

function takeHead(queues: Map<string, Travelling[]>, at: string): Travelling {
  const [head, ...rest] = queues.get(at) ?? [];
  if (!head) throw new Error(`no frame waits at ${at}, though the rules have a packet there`);
  queues.set(at, rest);
  return head;
}

/** IN: a host's frame comes to its port, and is stamped at once where `mustStampNow` says so. */
async function enter(playing: Playing, { index, taken, before }: Turn): Promise<void> {
  const { step } = taken;
  if (step.rule !== 'IN') return;
  const { deployed, run, inputs, carriers, passages } = playing;
  const { program } = run.setting;
  const at = readLocation(step.at)!;
  const host = hostAt(program.topology, at)!;
  const sender = { name: host.name, ...program.addresses.get(host.name)! };
  const text = new TextEncoder().encode(`snk-verify packet ${step.packet}`);
  const carrier = carrierOf(deployed.framing, step.headers, sender, text);
  if ('noFrame' in carrier)
    return impossible(playing, `packet ${step.packet} is on no wire: ${carrier.noFrame} (step ${index})`);
  carriers[step.packet] = carrier;
  const frame = bytesOf(carrier.base);
  passages.push({ step: index, link: showLocation(at), frame });
  if (!mustStampNow(run, index, at)) return put(inputs, showLocation(at), { frame, pc: 0, isStamped: false });

  const tag =
    capabilities[deployed.semantics].forwardsBy === 'version'
      ? 0n
      : packedTag(deployed.tables, before.switches[at.switch]!.eventSet);
  const { tagBytes } = deployed.deployment;
  const inner =
    tag === undefined ? undefined : bytesOf({ ...carrier.base, shim: { tag, tagBytes, pc: 0, digest: 0n } });
  const asked = { operation: 'stamp', port: controllerPort, value: 0n, serial: 0 } as const;
  const predicted = inner && { port: controllerPort, frame: controlBytes({ ...asked, inner }) };
  const question = { port: controllerPort, frame: controlBytes({ ...asked, inner: frame }), rule: null };
  const observation = await ask(playing, index, at.switch, question);
  compare(playing, index, { predicted: predicted ? [predicted] : [], observation, rule: null });
  if (inner) put(inputs, showLocation(at), { frame: inner, pc: 0, isStamped: true });
}

/** SW: a switch takes the frame at the head of a queue; what it sends and what it knows afterwards are compared. */
async function process(playing: Playing, { index, taken, before, after }: Turn): Promise<void> {
  const { step } = taken;
  if (step.rule !== 'SW') return;
  const { deployed, run, inputs, outputs, carriers } = playing;
  const at = readLocation(step.at)!;
  const head = takeHead(inputs, step.at);
  const predicted = predictSwitch(deployed, run.setting, {
    at,
    copy: taken.took!,
    pc: head.pc,
    eventSet: before.switches[at.switch]!.eventSet,
    queued: taken.queued!,
    carrier: carriers[step.packet]!,
  });
  if ('noFrame' in predicted)
    return impossible(
      playing,
      `packet ${step.packet} leaves ${step.at} on no wire: ${predicted.noFrame} (step ${index})`,
    );
  const { copies, rule } = predicted;
  const asked = { operation: 'process', port: at.port, value: 0n, serial: 0, inner: head.frame } as const;
  const question = head.isStamped
    ? { port: controllerPort, frame: controlBytes(asked), rule }
    : { port: at.port, frame: head.frame, rule };
  compare(playing, index, { predicted: copies, observation: await ask(playing, index, at.switch, question), rule });
  const expected = after.switches[at.switch]!.eventSet;
  await control(playing, index, at.switch, { operation: 'answer', value: 0n, expected });
  for (const copy of copies)
    put(outputs, showLocation({ switch: at.switch, port: copy.port }), { ...copy, isStamped: false });
}

/** LINK and OUT: frames go from queue to queue, or to a host. */
function move({ inputs, outputs, passages }: Playing, { index, taken: { step }, after }: Turn): void {
  if (step.rule === 'LINK') {
    const { from, to } = step;
    const head = takeHead(outputs, from);
    passages.push({ step: index, link: `${from}-${to}`, frame: head.frame });
    put(inputs, to, head);
  }
  if (step.rule === 'OUT') {
    const at = readLocation(step.at)!;
    const head = takeHead(outputs, step.at);
    passages.push({ step: index, link: step.at, frame: head.frame });
    // In best-effort a copy may both leave and go on (spec 3.1): it is one frame, which stays.
    const queue = after.switches[at.switch]!.outputs[at.port] ?? [];
    const waiting = outputs.get(step.at) ?? [];
    if (queue.length > waiting.length) outputs.set(step.at, [head, ...waiting]);
  }
}

/** CTRLSEND: a control frame tells a switch of events. */
async function inform(playing: Playing, { index, taken: { step }, before, after }: Turn): Promise<void> {
  if (step.rule !== 'CTRLSEND') return;
  const { deployment, semantics } = playing.deployed;
  const expected = after.switches[step.switch]!.eventSet;
  // In figure6 the switch is told one event of R (spec 3.1): the one that is new to it, if any.
  const value =
    capabilities[semantics].sends === 'one event' ? expected & ~before.switches[step.switch]!.eventSet : before.known;
  const operation = deployment.mode === 'tagged' ? 'learn' : 'replace';
  await control(playing, index, step.switch, { operation, value, expected });
}

/** A frame for a switch, and the rule that should apply to it. */
interface Question {
  readonly port: number;
  readonly frame: Uint8Array;
  readonly rule: ForwardingRule | null;
}

async function ask(playing: Playing, step: number, id: number, { port, frame, rule }: Question): Promise<Observation> {
  const observation = await playing.fleet.take(id, port, frame);
  playing.exchanges.push({ step, switch: id, observation, rule });
  return observation;
}

/** The event-set of a switch, by a control frame that leaves by the controller's port. */
async function control(
  playing: Playing,
  step: number,
  id: number,
  wanted: { readonly operation: 'answer' | 'learn' | 'replace'; readonly value: EventSet; readonly expected: EventSet },
): Promise<void> {
  const { operation, value, expected } = wanted;
  const serial = ++playing.serial;
  const frame = controlBytes({ operation, port: controllerPort, value, serial });
  const observation = await ask(playing, step, id, { port: controllerPort, frame, rule: null });
  const answer = observation.outputs.map((output) => readControl(output.frame)).find((one) => one?.serial === serial);
  if (answer?.value === expected) return;
  const [is, was] = [expected, answer?.value].map((set) => set !== undefined && showEvents(members(set)));
  const more = [was ? `the event-set is ${was}, predicted ${is}` : 'the switch did not answer the controller'];
  compare(playing, step, { predicted: [], observation: { ...observation, outputs: [] }, rule: null, more });
}

/** What was predicted of a switch, beside what the switch did. */
interface Compared {
  readonly predicted: readonly Leaving[];
  readonly observation: Observation;
  readonly rule: ForwardingRule | null;
  /** Differences that have been found already. */
  readonly more?: readonly string[];
}

/** @throws Ended if anything differs */
function compare({ deployed, switches }: Playing, step: number, compared: Compared): void {
  const { predicted, observation, rule, more = [] } = compared;
  const show = (leaving: Leaving): ShownFrame => showFrame(deployed.framing, deployed.deployment.tagBytes, leaving);
  const want = predicted.map(show);
  const got = observation.outputs.map(show);
  const said = [...differences(want, got), ...more];
  if (said.length === 0) return;
  throw new Ended({
    verdict: 'diverged',
    switches,
    step,
    differences: said,
    predicted: want,
    observed: got,
    rule: rule && showRule(deployed.tables.blocks.length, rule),
    log: observation.log,
  });
}

function impossible({ switches }: Playing, why: string): never {
  throw new Ended({ verdict: 'not replayable', switches, why });
}

/**
 * Switches stamp a packet as they forward it; in the rules, it may wait between IN and SW. The packet must be stamped
 * on its own if the switch's event-set is another one by the time it takes the packet, or if it never takes it.
 */
function mustStampNow({ taken, states }: Run, step: number, at: Location): boolean {
  const arrival = taken[step]!.step;
  const isIts = (later: Step): boolean =>
    later.rule === 'SW' && arrival.rule === 'IN' && later.packet === arrival.packet && later.at === arrival.at;
  const turn = taken.findIndex((later, i) => i > step && isIts(later.step));
  const setAt = (i: number): EventSet => states[i]!.switches[at.switch]!.eventSet;
  return turn < 0 || setAt(turn) !== setAt(step);
}
