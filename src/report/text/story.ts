import type { Counterexample, Step, ViolationKind } from '../../execution/execution.js';
import { kindOf, nothingSaid } from '../steps.js';
import type { Palette } from './palette.js';
import { linesOfTree } from './tree-lines.js';
import { wrap } from './wrap.js';

/**
 * What an execution breaks, in the paper's words (paper §1, the three criteria of event-driven consistent updates;
 * §4.3).
 */
export const brokenPromise: Readonly<Record<ViolationKind, string>> = {
  mixture: 'Packets are forwarded consistently: each by one configuration, not by a mixture (paper §1, criterion 1)',
  'too-early': 'The network does not update too early (paper §1, criterion 2)',
  'too-late': 'The network does not update too late (paper §1, criterion 3)',
  inconsistent: 'Global consistency: the events that have happened are consistent (paper §4.3, Lemma 3)',
  'undefined-configuration':
    'Every set of events that a switch goes by is an event-set, with a configuration (paper §2, Def. 5)',
  property: 'What the author of the program asks of it (docs/properties.md)',
  compiler: 'The tables do what the rules say (paper §4.1)',
};

/**
 * A counterexample as a story: who sends what, what each switch does and comes to know, as far as it changes, and what
 * is broken by which packet. `what` says which checks are broken. The lines come without line ends, and the steps of
 * the packet at fault are marked.
 */
export function tell(
  what: string,
  { kind, packet, explanation, steps, occurrences, inState }: Counterexample,
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
    ...(inState?.tree ? linesOfTree(inState.tree, '    ') : []),
  ];
}

/**
 * What happens in each step, in a sentence or more; what a switch knows and what a packet carries are said as they
 * change.
 */
export function narrate(steps: readonly Step[]): string[][] {
  const said = nothingSaid();
  return steps.map((step) => kindOf(step).sentences(step, said));
}
