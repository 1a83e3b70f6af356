import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import type { EdgeReach, Reached } from '../../reach/shown.js';
import { count } from '../count.js';
import { partName } from '../result/events-in-words.js';
import { palette } from '../text/palette.js';
import { wrap } from '../text/wrap.js';
import { whenInWords } from './conditions.js';
import { assertReach, type ReachDocument } from './document.js';
import { matrixLines, matrixOf } from './matrix.js';

/** More states than these are not drawn on a terminal. */
const maxDrawn = 8;

/**
 * Who reaches whom, for people, without a line end at the end.
 * @example
 * ```ts
 * import { reach, showReach } from 'snk-verify';
 *
 * const source = 'host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2';
 * console.log(showReach(reach(source, 'ab.snk').document).split('\n')[0]); // ab.snk: 2 hosts, 1 state
 * ```
 */
export function showReach(document: ReachDocument, options: ShowOptions = {}): string {
  assertReach('showReach', document);
  assertOptions('showReach', options, showOptions);
  const { bold } = palette(options.colour ?? false);
  const { hosts = [], states = [], moreStates = 0, changes = [], rejected, why } = document;
  const file = bold(printable(document.program.file));
  if (rejected) return `${file}: rejected [${rejected.code}] ${printable(rejected.message)}`;
  if (why !== undefined) return `${file}: unknown, ${printable(why)}`;
  const drawn = states.slice(0, maxDrawn);
  const left = states.length + moreStates - drawn.length;
  const isStateful = (states[0]?.state.length ?? 0) > 0;
  return [
    `${file}: ${count(hosts.length, 'host')}, ${count(states.length + moreStates, 'state')}`,
    ...drawn.flatMap(({ state, reaches }) => [
      '',
      ...(isStateful ? [bold(`  in state [${state}]`)] : []),
      ...matrixLines(hosts, matrixOf(hosts, reaches)).map((line) => `  ${line}`),
    ]),
    ...(left > 0 ? ['', `  ${count(left, 'more state')}; --state shows one, and what follows what events change`] : []),
    ...changes.flatMap((edge) => ['', ...changeLines(edge)]),
  ].join('\n');
}

/** What an event changes. */
function changeLines({ indices, from, to, formula, at, gained, lost }: EdgeReach): string[] {
  const [before, after] = [from, to].map((part) => partName({ indices }, part));
  const change = (sign: string, one: Reached) =>
    wrap(`${sign} ${one.from} -> ${one.to}  ${whenInWords(one)}`, '    ').map((line, i) =>
      i === 0 ? line : `  ${line}`,
    );
  const lines = [...gained.flatMap((one) => change('+', one)), ...lost.flatMap((one) => change('-', one))];
  return [
    `  ${formula} at ${at}: ${before} -> ${after}`,
    ...(lines.length > 0 ? lines : ['    changes nothing of who reaches whom']),
  ];
}
