import { details } from './details.js';
import { lengthOf, restView } from './ends.js';
import { h, type Markup } from './markup.js';
import { packetClass, setLabel } from './names.js';
import { outcome } from './outcome.js';
import { likelyHeights, lowRows, type Rows, rowsOf } from './rows.js';
import type { Scene } from './scene.js';
import { lanesMin, laneWidth, spaceTime } from './space-time.js';
import { topology } from './topology.js';
import { violation } from './violation.js';

/** What the reader has chosen, and how much room there is. */
export interface Viewing {
  /** How many steps have happened, from 0. */
  readonly step: number;
  /** The step whose details are shown: the current one, or one that is pointed at. */
  readonly detailed: number;
  readonly isPlaying: boolean;
  /** Pixels that the diagram, with or without the sentences beside it, and the topology may take. */
  readonly diagram_px: number;
  readonly side_px: number;
  /** The heights of the sentences, once they stand beside the diagram and have been measured. */
  readonly heights_px?: readonly number[] | undefined;
}

/** What sentences beside the diagram need. */
const sentences_px = 280;

/**
 * An execution at one of its steps, as the page shows it. A pure function: `src/report/html/browser/stepper.ts` calls
 * it again whenever the reader moves. `data-action` and `data-step` say what a click means.
 */
export function executionView(scene: Scene, viewing: Viewing): Markup {
  const { step, detailed, diagram_px, side_px } = viewing;
  const isBeside = hasSentencesBeside(scene, diagram_px);
  const lane_px = laneWidth(scene.lanes.length, isBeside ? diagram_px - sentences_px : diagram_px);
  const rows = rowsOfDiagram(scene, viewing);
  return h(
    'div',
    { class: 'execution' },
    violation(scene.page, scene.execution),
    controls(scene, viewing),
    h(
      'div',
      { class: 'stage' },
      h(
        'div',
        { class: 'drawn' },
        h(
          'div',
          { class: 'diagram', tabindex: 0, role: 'region', 'aria-label': 'Space-time diagram' },
          h('div', { class: 'rows' }, spaceTime(scene, step, lane_px, rows), isBeside && sentences(scene, step)),
        ),
        !isBeside &&
          h('div', { class: 'told', tabindex: 0, role: 'region', 'aria-label': 'Steps' }, sentences(scene, step)),
      ),
      h(
        'div',
        { class: 'side' },
        topology(scene, step, side_px),
        controllerLine(scene, step),
        h('h4', {}, detailed === 0 ? 'Start' : `Step ${detailed}`),
        details(scene, detailed),
      ),
    ),
    restView(scene.execution),
    outcome(scene.page, scene.execution),
  );
}

/** Whether there is room for the sentences beside the diagram; where there is none they are below it. */
const hasSentencesBeside = ({ lanes }: Scene, diagram_px: number): boolean =>
  lanesMin(lanes.length) + sentences_px <= diagram_px;

/** Where the rows of the diagram are: as high as the sentences beside them. */
export function rowsOfDiagram(scene: Scene, { diagram_px, heights_px }: Viewing): Rows {
  if (!hasSentencesBeside(scene, diagram_px)) return lowRows;
  return rowsOf(heights_px ?? likelyHeights(scene.sentences, sentences_px));
}

/** The signs of the buttons, as outlines. */
const icons = {
  first: 'M3 3h2.5v12H3zM15 3v12L6.5 9z',
  back: 'M13 3v12L4.5 9z',
  play: 'M4 2.5L15.5 9L4 15.5z',
  pause: 'M4 3h3.5v12H4zM10.5 3H14v12h-3.5z',
  forth: 'M5 3v12l8.5-6z',
  last: 'M12.5 3H15v12h-2.5zM3 3v12l8.5-6z',
} as const;

function controls({ steps, sentences: told, execution }: Scene, { step, isPlaying }: Viewing): Markup {
  const button = (action: keyof typeof icons, name: string) =>
    h(
      'button',
      { type: 'button', 'data-action': action, 'aria-label': name, title: name },
      h('svg', { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' }, h('path', { d: icons[action] })),
    );
  const now = step === 0 ? 'Before the first step' : capital(told[step - 1]!.join('; '));
  return h(
    'div',
    { class: 'controls' },
    button('first', 'To the start (Home)'),
    button('back', 'A step back (←)'),
    isPlaying ? button('pause', 'Pause') : button('play', 'Play'),
    button('forth', 'A step forth (→)'),
    button('last', 'To the end (End)'),
    h('input', {
      type: 'range',
      min: 0,
      max: steps.length,
      value: step,
      'aria-label': 'Step',
      'aria-valuetext': `${step} of ${steps.length}: ${now}`,
    }),
    h('p', { class: 'now', 'aria-live': 'polite' }, h('b', {}, `${step} / ${lengthOf(execution)}`), ' ', now),
  );
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** What happens in each step, in whole sentences: beside the rows of the diagram or below it. */
function sentences({ steps, sentences: told, execution }: Scene, current: number): Markup {
  return h(
    'ol',
    { class: 'sentences' },
    steps.map((step, i) => {
      const isAtFault = execution.packet !== null && 'packet' in step && step.packet === execution.packet;
      const classes = [i < current ? (i === current - 1 ? 'now' : 'past') : 'future', isAtFault ? 'fault' : '']
        .join(' ')
        .trim();
      const [first, ...more] = told[i]!;
      return h(
        'li',
        { class: classes, 'data-step': i + 1 },
        h(
          'button',
          { type: 'button', 'data-step': i + 1, 'aria-current': i === current - 1 ? 'step' : undefined },
          h('span', { class: 'number' }, i + 1),
          'packet' in step
            ? h('span', { class: `bullet ${packetClass(step.packet)}`, 'aria-hidden': 'true' })
            : h('span', { class: 'bullet ctrl', 'aria-hidden': 'true' }),
          h(
            'span',
            { class: 'sentence' },
            first,
            more.map((line) => [h('br'), line]),
          ),
        ),
      );
    }),
  );
}

function controllerLine({ timeline: { frames }, execution }: Scene, step: number): Markup {
  const { controller, queue } = frames[step]!;
  const waiting = queue.map(({ item }) => setLabel(item)).join(', ');
  return h(
    'p',
    { class: 'controller' },
    h('b', {}, 'Controller'),
    execution.options.controller ? '' : ' (tells nobody)',
    ` knows ${setLabel(controller)}; `,
    waiting === '' ? 'nothing waits in its queue' : `waiting to be heard: ${waiting}`,
  );
}
