import { greatest } from '../../base/extremes.js';
import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import { namesIn } from '../../theorems/checks.js';
import { count } from '../count.js';
import { assertResult } from '../read/read-results.js';
import { brokenTitle, counterexamplesOf, titleOfCheck } from '../result/checks.js';
import type { Result, ShownCheck, ShownTablesCheck } from '../result/result.js';
import { usageLines } from './coverage.js';
import { type Palette, palette } from './palette.js';
import { tell } from './story.js';
import { margin, structureLines } from './structure.js';
import { propertiesIn, witnessLines } from './witness.js';
import { wrap } from './wrap.js';

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
  for (const one of usageLines(result)) lines.push(one);
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
    lines.push(`  ${inColumn(titleOfCheck(check))}${verdict(shown, packets, colours)}`);
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
  for (const [name, { witness }] of propertiesIn(result.checks))
    if (witness) for (const one of ['', ...witnessLines(titleOfCheck(name), witness, colours)]) lines.push(one);
  return lines.join('\n');
}

/** A title in its column; a long one pushes what follows to the right. */
const inColumn = (title: string): string => (title.length < 20 ? title.padEnd(20) : `${title}  `);

function verdict(check: ShownCheck, packets: number, { bold, green, red, yellow, dim }: Palette): string {
  // The bounded engine counts no states.
  const states = check.states === 0 ? '' : dim(`  ${count(check.states, 'state')}`);
  switch (check.status) {
    case 'proved':
      return `${green('proved')}    for any number of packets${dim(cutShort(check))}`;
    case 'holds': {
      const vacuously = check.vacuous ? `  ${yellow('vacuously')}: nothing ever satisfies what it is about` : '';
      const isOfPackets = check.trees !== undefined || check.always === true;
      const within = isOfPackets ? 'for all packets' : `up to ${count(packets, 'packet')}`;
      return `${green('holds')}     ${within}${states}${vacuously}`;
    }
    case 'unknown':
      return `${yellow('unknown')}   ${check.why}${states}`;
    case 'violated': {
      const { kind, packet, steps, inState } = check.counterexample!;
      if (inState) return `${red(bold('violated'))}  by a packet of ${inState.host}, in state [${inState.state}]`;
      const needed = steps.filter(({ rule }) => rule === 'IN').length;
      const by = packet === null ? '' : `by packet ${packet}`;
      // The name of a property says more than that it is one.
      const how = [kind === 'property' ? '' : kind, by].filter(Boolean).join(' ');
      return `${red(bold('violated'))}  ${how}, with ${count(needed, 'packet')} in ${count(steps.length, 'step')}${states}`;
    }
  }
}

/** How far a cross-check came that has not come to its end; what has is among what was explored. */
function cutShort({ crossCheck }: ShownCheck): string {
  if (!crossCheck || crossCheck.complete) return '';
  const { packets, states } = crossCheck;
  const within = packets === null ? 'in part' : `up to ${count(packets, 'packet')}`;
  return `  cross-checked ${within}, ${count(states, 'state')}`;
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
