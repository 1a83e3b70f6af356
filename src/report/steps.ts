import { showEvents } from '../base/event-set-notation.js';
import type {
  InStep,
  LinkStep,
  OutStep,
  ReceiveStep,
  SendStep,
  ShownEventSet,
  ShownLocation,
  Step,
  SwitchStep,
} from '../execution/execution.js';
import type { ShownHeaders } from '../netkat/fields.js';
import { switchOf } from './executions/queues.js';
import type { Result } from './result/result.js';

/** Where a step begins or ends. A host's name is null if the step does not say it. */
export type Station =
  | { readonly kind: 'host'; readonly at: ShownLocation; readonly name: string | null }
  | { readonly kind: 'switch'; readonly id: number }
  | { readonly kind: 'controller' };

/** What has been said of an execution so far: what each switch knows, and the headers of each packet at a port. */
export interface SaidSoFar {
  readonly known: Map<number, string>;
  readonly headers: Map<string, string>;
}

export const nothingSaid = (): SaidSoFar => ({ known: new Map(), headers: new Map() });

type Places = NonNullable<Result['places']>;

/** All that reports say of a step of one kind: the one place to describe a new one. */
interface StepKind<S extends Step> {
  /** The rule in words, and a heading above several steps that may be taken. */
  readonly name: string;
  readonly heading: string;
  /** What goes from one end to the other. */
  readonly carries: 'packet' | 'message';
  /** What its mark in a diagram looks like. */
  readonly mark: 'disc' | 'bead' | 'square' | 'diamond';
  /** Where the step begins and where it ends; both are the same if it happens at one place. */
  readonly ends: (step: S, steps: readonly Step[]) => readonly [Station, Station];
  /** On which of the ends it is marked. */
  readonly markedAt: 0 | 1;
  /** The step since which what is carried has been on its way; undefined if it leaves in this very step. */
  readonly since: (step: S) => number | undefined;
  /**
   * The place in the program's text to which the step belongs, if there is one: a host, or the link that a packet
   * crosses or has come by.
   */
  readonly place: (step: S, places: Places) => { readonly line: number; readonly column: number } | undefined;
  /** What happens in it, in a sentence or more. */
  readonly sentences: (step: S, said: SaidSoFar) => string[];
  /** The same in a few words, to stand beside a drawing. @param headers those of the packet before it */
  readonly caption: (step: S, said: SaidSoFar, headers: string | undefined) => string[];
}

/** Headers in words, separated by this. */
export const headersInWords = (headers: ShownHeaders, separator: string): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);

const host = (at: ShownLocation, name: string | null): Station => ({ kind: 'host', at, name });
const theSwitch = (id: number): Station => ({ kind: 'switch', id });
const theSwitchAt = (at: ShownLocation): Station => theSwitch(switchOf(at));
const controller: Station = { kind: 'controller' };

const arrival = (packet: number, at: string): string => `in ${packet} ${at}`;
const departure = (packet: number, at: string): string => `out ${packet} ${at}`;

/** What a switch knows, if it has not been said. */
function news({ known }: SaidSoFar, n: number, set: ShownEventSet): string | undefined {
  const shown = showEvents(set);
  if ((known.get(n) ?? '{}') === shown) return undefined;
  known.set(n, shown);
  return shown;
}

const knows = (said: SaidSoFar, n: number, set: ShownEventSet): string[] => {
  const shown = news(said, n, set);
  return shown === undefined ? [] : [`s${n} knows ${shown}`];
};

const enter: StepKind<InStep> = {
  name: 'a host sends a packet',
  heading: 'A host sends',
  carries: 'packet',
  mark: 'disc',
  ends: ({ at }) => [host(at, null), theSwitchAt(at)],
  markedAt: 0,
  since: () => undefined,
  place: (step, { hosts }) => hosts.find(({ at }) => at === step.at),
  sentences: ({ packet, at, headers, tag }, said) => {
    const shown = headersInWords(headers, ', ');
    said.headers.set(arrival(packet, at), shown);
    const tagged = tag === null ? '' : `, tagged ${showEvents(tag)}`;
    return [`packet ${packet} enters at ${at}${shown === '' ? '' : ` with ${shown}`}${tagged}`];
  },
  caption: ({ packet, at, headers, tag }) => {
    const tagged = tag === null ? [] : [`tag ${showEvents(tag)}`];
    return [[`p${packet} enters at ${at}`, headersInWords(headers, ' ')].filter(Boolean).join(': '), ...tagged];
  },
};

const process: StepKind<SwitchStep> = {
  name: 'a switch takes a packet',
  heading: 'A switch takes',
  carries: 'packet',
  mark: 'disc',
  ends: ({ at }) => [theSwitchAt(at), theSwitchAt(at)],
  markedAt: 1,
  since: () => undefined,
  place: (step, { hosts, links }) => links.find(({ to }) => to === step.at) ?? hosts.find(({ at }) => at === step.at),
  sentences: (step, said) => {
    const n = switchOf(step.at);
    const before = said.headers.get(arrival(step.packet, step.at));
    const outputs = step.outputs.map((output) => {
      const shown = headersInWords(output.headers, ', ');
      said.headers.set(departure(step.packet, `${n}:${output.port}`), shown);
      return `port ${output.port}${shown === before ? '' : ` with ${shown}`}`;
    });
    const sent = outputs.length === 0 ? 'drops it' : `sends it out of ${outputs.join(' and ')}`;
    const learned = news(said, n, step.eventSet);
    return [
      `switch ${n} takes packet ${step.packet} at ${step.at} and by g(${showEvents(step.tag)}) ${sent}`,
      ...(step.digestIn.length > 0 ? [`the packet's digest says ${showEvents(step.digestIn)}`] : []),
      ...(step.detected.length > 0 ? [`switch ${n} detects ${showEvents(step.detected)}`] : []),
      ...(learned === undefined ? [] : [`switch ${n} now knows ${learned}`]),
    ];
  },
  caption: (step, said, before) => {
    const n = switchOf(step.at);
    const by = `by g(${showEvents(step.tag)})`;
    const sent = step.outputs.map(({ port, headers }) => {
      const shown = headersInWords(headers, ' ');
      return `port ${port}${shown === before ? '' : ` as ${shown}`}`;
    });
    return [
      sent.length === 0
        ? `s${n} drops p${step.packet} ${by}`
        : `s${n} sends p${step.packet} ${by} to ${sent.join(', ')}`,
      ...(step.digestIn.length > 0 ? [`digest ${showEvents(step.digestIn)}`] : []),
      ...(step.detected.length > 0 ? [`detects ${showEvents(step.detected)}`] : []),
      ...knows(said, n, step.eventSet),
    ];
  },
};

const cross: StepKind<LinkStep> = {
  name: 'a packet crosses a link',
  heading: 'A packet crosses',
  carries: 'packet',
  mark: 'bead',
  ends: ({ from, to }) => [theSwitchAt(from), theSwitchAt(to)],
  markedAt: 1,
  since: () => undefined,
  place: (step, { links }) => links.find(({ from, to }) => from === step.from && to === step.to),
  sentences: ({ packet, from, to }, said) => {
    const shown = said.headers.get(departure(packet, from));
    if (shown !== undefined) said.headers.set(arrival(packet, to), shown);
    return [`packet ${packet} crosses ${from} -> ${to}`];
  },
  caption: ({ packet, from, to }) => [`p${packet} crosses ${from} -> ${to}`],
};

const leave: StepKind<OutStep> = {
  name: 'a packet leaves',
  heading: 'A host receives',
  carries: 'packet',
  mark: 'square',
  ends: ({ at, host: name }) => [theSwitchAt(at), name === null ? theSwitchAt(at) : host(at, name)],
  markedAt: 1,
  since: () => undefined,
  place: (step, { hosts }) => hosts.find(({ at }) => at === step.at),
  sentences: ({ packet, at, host: name }) => [
    name === null
      ? `packet ${packet} leaves the network at ${at}, where no host is`
      : `${name} receives packet ${packet} at ${at}`,
  ],
  caption: ({ packet, at, host: name }) => [
    name === null ? `p${packet} leaves at ${at}` : `${name} receives p${packet}`,
  ],
};

const receive: StepKind<ReceiveStep> = {
  name: 'the controller hears',
  heading: 'The controller hears',
  carries: 'message',
  mark: 'diamond',
  // In documents written by hand, it may be missing which step told the item.
  ends: ({ told }, steps) => {
    const teller = steps[told];
    return [teller?.rule === 'SW' ? theSwitchAt(teller.at) : controller, controller];
  },
  markedAt: 1,
  since: ({ told }) => told,
  place: () => undefined,
  sentences: ({ item, told }) => [`the controller hears ${showEvents(item)}, told in step ${told + 1}`],
  caption: ({ item, told }) => [
    `the controller hears ${showEvents(item)}${told === undefined ? '' : ` of step ${told + 1}`}`,
  ],
};

const send: StepKind<SendStep> = {
  name: 'the controller informs a switch',
  heading: 'The controller informs',
  carries: 'message',
  mark: 'diamond',
  ends: ({ switch: n }) => [controller, theSwitch(n)],
  markedAt: 0,
  since: () => undefined,
  place: () => undefined,
  sentences: ({ switch: n, eventSet }, said) => {
    const learned = news(said, n, eventSet);
    const what = learned === undefined ? 'which learns nothing new' : `which now knows ${learned}`;
    return [`the controller informs switch ${n}, ${what}`];
  },
  caption: ({ switch: n, eventSet }, said) => [`the controller informs s${n}`, ...knows(said, n, eventSet)],
};

/** In the order in which steps that may be taken are offered. */
const kinds: { readonly [R in Step['rule']]: StepKind<Extract<Step, { readonly rule: R }>> } = {
  IN: enter,
  SW: process,
  LINK: cross,
  OUT: leave,
  CTRLRECV: receive,
  CTRLSEND: send,
};

/** The rules by which steps are taken, in the order in which they are offered. */
export const stepRules = Object.keys(kinds) as readonly Step['rule'][];

/** What is said of steps by a rule, whichever step it is. */
export const ruleNames = (rule: Step['rule']): Pick<StepKind<Step>, 'name' | 'heading'> => kinds[rule];

/**
 * What there is to say of a step. (The compiler does not see that a step and the entry of its rule belong together.)
 */
export const kindOf = <S extends Step>(step: S): StepKind<S> => kinds[step.rule] as unknown as StepKind<S>;
