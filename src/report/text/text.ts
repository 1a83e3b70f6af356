import { showEvents } from '../../base/event-set-notation.js';
import { greatest } from '../../base/extremes.js';
import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import { namesIn } from '../../theorems/checks.js';
import { assertResult } from '../read/read-results.js';
import { brokenTitle, counterexamplesOf, titleOfCheck } from '../result/checks.js';
import type { Result, ShownCheck, ShownEvent, ShownTablesCheck } from '../result/result.js';
import { type Palette, palette } from './palette.js';
import { tell } from './story.js';
import { wrap } from './wrap.js';

/** More events or event-sets than this are counted, not listed. */
const maxListed = 12;

/**
 * A result for people, without a line end at the end. Rejections of a text are told by its diagnostics instead.
 * @example
 * ```ts
 * import { check, showResult } from 'snk-verify';
 *
 * const { result } = await check('policy true', 'empty.snk', { engine: 'explore' });
 * console.log(showResult(result).split('\n')[0]); // empty.snk  (tagged, 3 packets, controller on)
 * ```
 */
export function showResult(result: Result, options: ShowOptions = {}): string {
  assertResult('showResult', result);
  assertOptions('showResult', options, showOptions);
  const colours = palette(options.colour ?? false);
  const { bold, red, yellow } = colours;
  const { semantics, packets, controller } = result.options;
  const file = printable(result.program.file);
  const lines = [
    `${bold(file)}  (${semantics}, ${count(packets, 'packet')}, controller ${controller ? 'on' : 'off'})`,
    ...structureLines(result),
    ...result.warnings.flatMap((warning) => [`  ${yellow('warning')}`, ...wrap(warning, '    ')]),
  ];
  if (result.error) {
    lines.push(`  ${red(bold('unreadable'))}`);
    for (const one of wrap(result.error.message, '    ')) lines.push(one);
  }
  if (result.rejected) {
    const { code, message, line, column } = result.rejected;
    const place = line === null ? '' : ` at ${file}:${line}:${column}`;
    lines.push(`  ${red(bold('rejected'))} [${code}]${place}`);
    for (const one of wrap(message, '    ')) lines.push(one);
  }
  if (result.checks.tables) lines.push(`  ${'Tables'.padEnd(20)}${tablesVerdict(result.checks.tables, colours)}`);
  for (const check of namesIn(result.checks)) {
    const shown = result.checks[check];
    if (!shown) continue;
    lines.push(`  ${titleOfCheck(check).padEnd(20)}${verdict(shown, packets, colours)}`);
    if (shown.unproved)
      for (const one of wrap(
        `${shown.status === 'proved' ? 'of the rules' : 'no proof for more'}: ${shown.unproved}`,
        margin,
      ).map(colours.dim))
        lines.push(one);
  }
  for (const one of coverageLines(Object.values(result.checks)).map(colours.dim)) lines.push(one);
  for (const { names, counterexample } of counterexamplesOf(result)) {
    lines.push('');
    for (const one of tell(brokenTitle(names), counterexample, colours)) lines.push(one);
  }
  return lines.join('\n');
}

function structureLines({ ets, nes, rules }: Result): string[] {
  const lines: string[] = [];
  if (ets) lines.push(`  transition system   ${count(ets.states.length, 'state')}, ${count(ets.edges.length, 'edge')}`);
  if (nes) {
    const unrolled = nes.bound === null ? '' : `, loops unrolled to paths of ${nes.bound}`;
    const local = nes.locallyDetermined ? '' : ', not locally determined';
    const sets = nes.eventSets.length <= maxListed ? `: ${nes.eventSets.map(showEvents).join(' ')}` : '';
    lines.push(`  event structure     ${count(nes.eventSets.length, 'event-set')}${unrolled}${local}${sets}`);
    const labels = labelLines(nes.events);
    for (const one of labels.slice(0, maxListed)) lines.push(one);
    if (labels.length > maxListed) lines.push(`${margin}... ${count(nes.events.length, 'event')} in all`);
  }
  if (rules) {
    const { guarded, shared, total } = rules;
    lines.push(
      `  rules               ${guarded} to forward, ${shared} with shared tags; ${total.toLocaleString('en')} table entries in all`,
    );
  }
  return lines;
}

const margin = ' '.repeat(22);

/** A line for each label, with its events: `e0, e1 = ip_dst=H4 arrives at 4:1, for the 1st and 2nd time`. */
function labelLines(events: readonly ShownEvent[]): string[] {
  const lines: string[] = [];
  for (const first of events.filter(({ occurrence }) => occurrence === 1)) {
    const same = events.filter(({ formula, at }) => formula === first.formula && at === first.at);
    const last = same[same.length - 1]!;
    const and = same.length === 2 ? ' and ' : ' to ';
    const names = same.length === 1 ? `e${first.id}` : `e${first.id}${and}e${last.id}`;
    const times = same.length === 1 ? '' : `, for the 1st${and}${ordinal(same.length)} time`;
    lines.push(`${margin}${names} = ${first.formula} arrives at ${first.at}${times}`);
  }
  return lines;
}

function verdict(check: ShownCheck, packets: number, { bold, green, red, yellow, dim }: Palette): string {
  // The bounded engine counts no states.
  const states = check.states === 0 ? '' : dim(`  ${count(check.states, 'state')}`);
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

/** What was explored to its end, for all checks together; no line if nothing was. */
function coverageLines(checks: readonly (ShownCheck | ShownTablesCheck)[]): string[] {
  const explored = checks.filter((check): check is ShownCheck => 'covered' in check);
  const covered = explored.flatMap((check) => check.covered ?? []);
  if (covered.length === 0) return [];
  const depth = greatest(covered.map((one) => one.depth));
  const transitions = covered.reduce((sum, one) => sum + one.transitions, 0);
  const line = `  ${'explored'.padEnd(20)}${count(transitions, 'step')} between states, up to ${count(depth, 'step')} deep`;
  // A proof says more than any number of packets explored.
  if (explored.every(({ status }) => status === 'proved')) return [line];
  const isEverything = covered.every(({ more }) => more === 'nothing new');
  return [`${line}; ${isEverything ? 'more packets lead to nothing new' : 'more packets may lead to more'}`];
}

function tablesVerdict(check: ShownTablesCheck, { bold, green, red, yellow, dim }: Palette): string {
  const obligations = dim(`  ${count(check.obligations, 'obligation')}`);
  switch (check.status) {
    case 'proved':
      return `${green('proved')}    for all packets${obligations}`;
    case 'unknown':
      return `${yellow('unknown')}   ${check.why}${obligations}`;
    case 'violated': {
      const { steps } = check.counterexample!;
      const where = steps.length === 0 ? 'no execution is known' : `in ${count(steps.length, 'step')}`;
      return `${red(bold('violated'))}  compiler, ${where}${obligations}`;
    }
  }
}

const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
