import type { ReplayVerdict } from '../../execution/replay-verdict.js';
import { count } from '../count.js';
import { type Content, h, type Markup } from './markup.js';
import type { ShownExecution } from './page-data.js';

/** Differences shown of a step; the JSON has all of them. */
const maxDifferences = 8;

/** What switches did with the execution, beside what is predicted of it: one line a replay, none if there was none. */
export const replayView = (execution: ShownExecution): Content =>
  execution.replayed?.map(
    (replay): Markup =>
      h(
        'div',
        { class: `replay ${replay.verdict.replace(' ', '-')}` },
        h(
          'p',
          {},
          h('b', {}, sign[replay.verdict], ` ${replay.verdict}`),
          ` on ${replay.switches}: `,
          inWords(replay, execution),
        ),
        replay.verdict === 'diverged' && differences(replay.differences),
      ),
  );

const sign: Readonly<Record<ReplayVerdict['verdict'], string>> = {
  confirmed: '✓',
  diverged: '✕',
  'not replayable': '?',
};

function inWords(replay: ReplayVerdict, execution: ShownExecution): Content {
  switch (replay.verdict) {
    case 'confirmed':
      return `each of ${count(replay.steps, 'step')} did what is predicted here, byte for byte.`;
    case 'not replayable':
      return replay.why;
    case 'diverged': {
      const step = replay.step + 1;
      const isThere = replay.step < execution.steps.length;
      const button = isThere
        ? h('button', { type: 'button', class: 'to-step', 'data-step': step }, `step ${step}`)
        : `step ${step}`;
      return ['the first that differs is ', button, replay.rule !== null && [', by rule ', h('code', {}, replay.rule)]];
    }
  }
}

const differences = (said: readonly string[]): Markup =>
  h(
    'ul',
    {},
    said.slice(0, maxDifferences).map((difference) => h('li', {}, difference)),
    said.length > maxDifferences && h('li', {}, `and ${said.length - maxDifferences} more`),
  );
