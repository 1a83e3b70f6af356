import { details } from './details.js';
import { h, type Markup } from './markup.js';
import { packetClass, setLabel } from './names.js';
import { outcome } from './outcome.js';
import type { Scene } from './scene.js';
import { lanesMin, laneWidth, row_px, spaceTime } from './space-time.js';
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
}

/** What sentences beside the diagram need. */
const sentences_px = 280;

/**
 * An execution at one of its steps, as the page shows it. A pure function: `src/report/html/browser/stepper.ts` calls it again whenever the
 * reader moves. `data-action` and `data-step` say what a click means.
 */
export function executionView(scene: Scene, viewing: Viewing): Markup {
  const { step, detailed, diagram_px, side_px } = viewing;
  const hasSentences = lanesMin(scene.lanes.length) + sentences_px <= diagram_px;
  const lane_px = laneWidth(scene.lanes.length, hasSentences ? diagram_px - sentences_px : diagram_px);
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
        { class: 'diagram', tabindex: 0, role: 'region', 'aria-label': 'Space-time diagram' },
        h('div', { class: 'rows' }, spaceTime(scene, step, lane_px), hasSentences && sentences(scene, step)),
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
    outcome(scene.page, scene.execution),
  );
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

function controls({ steps, sentences: told }: Scene, { step, isPlaying }: Viewing): Markup {
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
    h('p', { class: 'now', 'aria-live': 'polite' }, h('b', {}, `${step} / ${steps.length}`), ' ', now),
  );
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** A sentence beside each row of the diagram. */
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
            { class: 'sentence', title: [first, ...more].join('; ') },
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

/** The height of the diagram's rows, for the page to scroll to one. */
export const rowHeight_px = row_px;
