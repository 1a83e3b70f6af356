import { count } from '../count.js';
import { lengthOf } from './ends.js';
import { executionView } from './execution-view.js';
import { meaningOfG } from './glossary.js';
import { h, type Markup } from './markup.js';
import type { PageData, ShownExecution } from './page-data.js';
import { sceneOf } from './scene.js';

/** What a page has room for before its script has measured it. */
const unmeasured = { diagram_px: 480, side_px: 400 } as const;

/**
 * The executions of a page, except those that are left out. One is shown at a time, before its first step; the script
 * lets the reader step through it, and choose another.
 */
export function executionsSection(data: PageData, leftOut: number): Markup | undefined {
  const broken = data.executions.filter(({ kind }) => kind !== null);
  const [first, ...more] = broken;
  if (!first) return undefined;
  return h(
    'div',
    {},
    leftOut > 0 &&
      h(
        'p',
        { class: 'hint' },
        `${count(leftOut, 'more execution')} would make this page too long: report fewer results.`,
      ),
    more.length > 0 && chooser('execution', broken, first),
    executionRoot('execution', data, first),
    legend(),
  );
}

/** A place where the script shows an execution. */
export function executionRoot(id: string, data: PageData, execution: ShownExecution): Markup {
  const view = executionView(sceneOf(data, execution), { step: 0, detailed: 0, isPlaying: false, ...unmeasured });
  return h('div', { id, 'data-execution': execution.id }, view);
}

/** The choice of what is shown in a place. */
export function chooser(id: string, executions: readonly ShownExecution[], chosen: ShownExecution): Markup {
  return h(
    'p',
    { class: 'choose' },
    h('label', { for: `${id}-chooser` }, 'Execution'),
    h(
      'select',
      { id: `${id}-chooser`, 'data-chooses': id },
      executions.map((execution) => {
        const { title, kind, options } = execution;
        const what = kind === null ? title : `${title} (${kind})`;
        return h(
          'option',
          { value: execution.id, selected: execution === chosen },
          `${options.semantics}: ${what}, ${count(lengthOf(execution), 'step')}`,
        );
      }),
    ),
  );
}

/** What the marks of the diagrams mean. */
function legend(): Markup {
  const entry = (classes: string, sign: string, text: string) =>
    h('li', {}, h('span', { class: `key ${classes}`, 'aria-hidden': 'true' }, sign), text);
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    entry('p0 round', '0', 'packet 0 is sent, or taken by a switch'),
    entry('p0 square', '0', 'is delivered'),
    entry('cross', '✕', 'is dropped'),
    entry('star', '★', 'an event occurs'),
    entry('band', '', 'the switch knows of events'),
    entry('diamond', '◆', 'a step of the controller'),
    entry('fault', '', 'steps of the packet at fault'),
    entry('evidence', '', 'happens before: what the violation rests on'),
    entry('g', 'g(X)', meaningOfG),
  );
}
