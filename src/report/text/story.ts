import { showEvents } from '../../base/event-set-notation.js';
import type {
  Counterexample,
  OutStep,
  ShownEventSet,
  Step,
  SwitchStep,
  ViolationKind,
} from '../../execution/execution.js';
import type { ShownHeaders } from '../../netkat/fields.js';
import type { Palette } from './palette.js';
import { wrap } from './wrap.js';

/** What an execution breaks, in the paper's words (paper §1, the three criteria of event-driven consistent updates; §4.3). */
export const brokenPromise: Readonly<Record<ViolationKind, string>> = {
  mixture: 'Packets are forwarded consistently: each by one configuration, not by a mixture (paper §1, criterion 1)',
  'too-early': 'The network does not update too early (paper §1, criterion 2)',
  'too-late': 'The network does not update too late (paper §1, criterion 3)',
  inconsistent: 'Global consistency: the events that have happened are consistent (paper §4.3, Lemma 3)',
  'undefined-configuration':
    'Every set of events that a switch goes by is an event-set, with a configuration (paper §2, Def. 5)',
  compiler: 'The tables do what the rules say (paper §4.1)',
};

/**
 * A counterexample as a story: who sends what, what each switch does and comes to know, as far as it changes, and what
 * is broken by which packet. `what` says which checks are broken. Lines without their ends; the steps of the packet at fault are marked.
 */
export function tell(
  what: string,
  { kind, packet, explanation, steps, occurrences }: Counterexample,
  { bold, red, dim }: Palette,
): string[] {
  const width = String(steps.length).length;
  const told = narrate(steps);
  const lines = steps.flatMap((step, i) => {
    const [first, ...more] = told[i]!;
    const isAtFault = packet !== null && 'packet' in step && step.packet === packet;
    const mark = isAtFault ? red('>') : ' ';
    const number = dim(String(i + 1).padStart(width));
    const indent = ' '.repeat(width + 16);
    for (const { event } of occurrences.filter((occurrence) => occurrence.step === i))
      more.push(bold(`e${event} occurs here`));
    if (kind === 'compiler' && i === steps.length - 1) more.push(bold('by the tables: something else'));
    return [`  ${mark} ${number}  ${step.rule.padEnd(8)}  ${first}`, ...more.map((line) => `${indent}${line}`)];
  });
  return [
    `  ${bold(`How ${what}`)}: ${kind}`,
    ...wrap(`${explanation[0]!.toUpperCase()}${explanation.slice(1)}.`, '    '),
    ...wrap(`Broken: ${brokenPromise[kind]}.`, '    '),
    '',
    ...lines,
  ];
}

/** What happens in each step, in a sentence or more; what a switch knows and what a packet carries are said as they change. */
export function narrate(steps: readonly Step[]): string[][] {
  const known = new Map<number, string>();
  const headers = new Map<string, string>();
  return steps.map((step) => sentences(step, known, headers));
}

const showHeaders = (headers: ShownHeaders): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

/** What happens in a step. `known` and `headers` hold what was said last, so that only changes are told. */
function sentences(step: Step, known: Map<number, string>, headers: Map<string, string>): string[] {
  switch (step.rule) {
    case 'IN': {
      const shown = showHeaders(step.headers);
      headers.set(arrival(step.packet, step.at), shown);
      const tag = step.tag === null ? '' : `, tagged ${showEvents(step.tag)}`;
      return [`packet ${step.packet} enters at ${step.at}${shown === '' ? '' : ` with ${shown}`}${tag}`];
    }
    case 'SW':
      return switchSentences(step, known, headers);
    case 'LINK': {
      const shown = headers.get(departure(step.packet, step.from));
      if (shown !== undefined) headers.set(arrival(step.packet, step.to), shown);
      return [`packet ${step.packet} crosses ${step.from} -> ${step.to}`];
    }
    case 'OUT':
      return [delivery(step)];
    case 'CTRLRECV':
      return [`the controller hears ${showEvents(step.item)}, told in step ${step.told + 1}`];
    case 'CTRLSEND':
      return [
        `the controller informs switch ${step.switch}${change(known, step.switch, step.eventSet) ?? ', which learns nothing new'}`,
      ];
  }
}

const delivery = ({ packet, at, host }: OutStep): string =>
  host === null
    ? `packet ${packet} leaves the network at ${at}, where no host is`
    : `${host} receives packet ${packet} at ${at}`;

const arrival = (packet: number, at: string): string => `in ${packet} ${at}`;
const departure = (packet: number, at: string): string => `out ${packet} ${at}`;

function switchSentences(step: SwitchStep, known: Map<number, string>, headers: Map<string, string>): string[] {
  const n = Number(step.at.split(':')[0]);
  const before = headers.get(arrival(step.packet, step.at));
  const outputs = step.outputs.map((output) => {
    const shown = showHeaders(output.headers);
    headers.set(departure(step.packet, `${n}:${output.port}`), shown);
    return `port ${output.port}${shown === before ? '' : ` with ${shown}`}`;
  });
  const sent = outputs.length === 0 ? 'drops it' : `sends it out of ${outputs.join(' and ')}`;
  const lines = [`switch ${n} takes packet ${step.packet} at ${step.at} and by g(${showEvents(step.tag)}) ${sent}`];
  if (step.digestIn.length > 0) lines.push(`the packet's digest says ${showEvents(step.digestIn)}`);
  if (step.detected.length > 0) lines.push(`switch ${n} detects ${showEvents(step.detected)}`);
  const learned = change(known, n, step.eventSet);
  if (learned !== undefined) lines.push(learned.replace(', which', `switch ${n}`));
  return lines;
}

/** What a switch knows, if that has changed: `, which now knows {e0}`. */
function change(known: Map<number, string>, n: number, set: ShownEventSet): string | undefined {
  const shown = showEvents(set);
  if ((known.get(n) ?? '{}') === shown) return undefined;
  known.set(n, shown);
  return `, which now knows ${shown}`;
}
