import type { CheckName } from '../theorems/verdict.js';
import { checkNames } from '../theorems/verdict.js';
import { type Palette, palette } from './palette.js';
import type { Result, ShownCheck } from './result.js';
import { showSet, tell } from './story.js';

const titles: Readonly<Record<CheckName, string>> = {
  lemma3: 'Lemma 3',
  'theorem1.paper': 'Theorem 1, paper',
  'theorem1.causal': 'Theorem 1, causal',
};

/** More events or event-sets than this are counted, not listed. */
const maxListed = 12;

/** A result for people, without a line end at the end. Rejections of a text are told by its diagnostics instead. */
export function showResult(result: Result, options: { readonly colour: boolean }): string {
  const colours = palette(options.colour);
  const { bold, red, yellow } = colours;
  const { semantics, packets, controller } = result.options;
  const lines = [
    `${bold(result.program.file)}  (${semantics}, ${count(packets, 'packet')}, controller ${controller ? 'on' : 'off'})`,
    ...structureLines(result),
    ...result.warnings.map((warning) => `  ${yellow('warning')}: ${warning}`),
  ];
  if (result.rejected) {
    const { code, message, line, column } = result.rejected;
    const place = line === null ? '' : ` (${line}:${column})`;
    lines.push(`  ${red(bold('rejected'))} [${code}]${place}: ${message}`);
  }
  for (const check of checkNames) {
    const shown = result.checks[check];
    if (shown) lines.push(`  ${titles[check].padEnd(19)}${verdict(shown, packets, colours)}`);
  }
  for (const check of checkNames) {
    const { counterexample } = result.checks[check] ?? {};
    if (counterexample) lines.push('', ...tell(check, counterexample, colours));
  }
  return lines.join('\n');
}

function structureLines({ ets, nes }: Result): string[] {
  const lines: string[] = [];
  if (ets) lines.push(`  transition system  ${count(ets.states.length, 'state')}, ${count(ets.edges.length, 'edge')}`);
  if (nes) {
    const unrolled = nes.bound === null ? '' : `, loops unrolled to paths of ${nes.bound}`;
    const local = nes.locallyDetermined ? '' : ', not locally determined';
    const sets = nes.eventSets.length <= maxListed ? `: ${nes.eventSets.map(showSet).join(' ')}` : '';
    lines.push(`  event structure    ${count(nes.eventSets.length, 'event-set')}${unrolled}${local}${sets}`);
    for (const { id, formula, at, occurrence } of nes.events.slice(0, maxListed))
      lines.push(
        `                     e${id} = ${formula} arrives at ${at}${occurrence > 1 ? ` (for the ${ordinal(occurrence)} time)` : ''}`,
      );
    if (nes.events.length > maxListed) lines.push(`                     … ${count(nes.events.length, 'event')} in all`);
  }
  return lines;
}

function verdict(check: ShownCheck, packets: number, { bold, green, red, yellow, dim }: Palette): string {
  const states = dim(`  ${count(check.states, 'state')}`);
  switch (check.status) {
    case 'proved':
      return `${green('proved')}    for any number of packets`;
    case 'holds':
      return `${green('holds')}     up to ${count(packets, 'packet')}${states}`;
    case 'unknown':
      return `${yellow('unknown')}   ${check.why}${states}`;
    case 'violated': {
      const { kind, packet, steps } = check.counterexample!;
      const needed = steps.filter(({ rule }) => rule === 'IN').length;
      const by = packet === null ? '' : ` by packet ${packet}`;
      return `${red(bold('violated'))}  ${kind}${by}, with ${count(needed, 'packet')} in ${count(steps.length, 'step')}${states}`;
    }
  }
}

const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
