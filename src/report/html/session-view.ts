import type { Step } from '../../execution/execution.js';
import type { CheckName } from '../../theorems/checks.js';
import { count } from '../count.js';
import { ruleNames, stepRules } from '../steps.js';
import { h, type Markup } from './markup.js';
import type { PageData, ShownExecution } from './page-data.js';

/** A step that may be taken next. */
export interface ShownChoice {
  /** What names it: an action. */
  readonly index: number;
  readonly rule: Step['rule'];
  /** The whole of it, as a sentence. */
  readonly text: string;
  /**
   * What it has in common with others of its rule: the host that sends, or that nobody learns anything by it. Null for
   * nothing.
   */
  readonly row: string | null;
  /** A part of `text`: what tells it from others of its row. */
  readonly label: string;
  /** Why it cannot be taken after all; null if it can. */
  readonly impossible: string | null;
}

/** How a check stands: `open` if it speaks of complete executions only, and packets are under way. */
export interface ShownStanding {
  readonly name: CheckName;
  readonly title: string;
  readonly status: 'kept' | 'violated' | 'open';
  /** What breaks it, in words. */
  readonly why: string | null;
}

/** An execution that is left open, at one moment: what `snk-verify explore` answers. */
export interface SessionView {
  /** The actions so far, as they are shared: `3.0.5`. */
  readonly actions: string;
  readonly execution: ShownExecution;
  readonly choices: readonly ShownChoice[];
  readonly checks: readonly ShownStanding[];
}

/** What the page of `explore` starts with. */
export interface ExploreData {
  readonly page: PageData;
  readonly view: SessionView;
}

const signs = { kept: '✓', violated: '✕', open: '…' } as const;
const words = { kept: 'kept', violated: 'violated', open: 'open: packets are under way' } as const;

/**
 * What stands beside an open execution: how the checks stand, what may happen next, undo, share and export.
 * `data-choose` and `data-undo` say what a click means.
 */
export function sessionPanel({ actions, execution, choices, checks }: SessionView): Markup {
  const isStart = actions === '';
  return h(
    'div',
    { class: 'session' },
    h(
      'ul',
      { class: 'standing', 'aria-label': 'Checks' },
      checks.map(({ name, title, status, why }) =>
        h(
          'li',
          { class: status, 'data-check': name, 'data-status': status },
          h('span', { class: 'mark', 'aria-hidden': 'true' }, signs[status]),
          ` ${title}: `,
          h('b', {}, words[status]),
          why !== null && h('p', {}, why),
        ),
      ),
    ),
    h(
      'p',
      { class: 'tools' },
      h('button', { type: 'button', 'data-undo': true, disabled: isStart }, 'Undo'),
      ' ',
      h('a', { href: `#${actions}`, 'data-share': true }, `Link to these ${count(execution.steps.length, 'step')}`),
      ' ',
      h('code', { 'data-actions': true }, isStart ? 'the beginning' : actions),
      ' ',
      h('a', { href: `/export?actions=${actions}`, download: 'execution.json', 'data-export': true }, 'Export'),
    ),
    h('h3', {}, choices.length > 0 ? 'What happens next?' : 'Nothing more can happen'),
    stepRules.flatMap((rule) => {
      const own = choices.filter((choice) => choice.rule === rule);
      return own.length === 0 ? [] : [choiceGroup(ruleNames(rule).heading, own)];
    }),
  );
}

/** Choices of one rule, in rows of what goes together. */
function choiceGroup(title: string, choices: readonly ShownChoice[]): Markup {
  const rows = [...new Set(choices.map(({ row }) => row))];
  return h(
    'div',
    { class: 'choices', role: 'group', 'aria-label': title },
    h('h4', {}, title),
    rows.map((row) =>
      h(
        'div',
        { class: 'row' },
        row !== null && h('b', { class: 'common' }, row),
        buttons(choices.filter((choice) => choice.row === row)),
      ),
    ),
  );
}

const buttons = (choices: readonly ShownChoice[]): Markup =>
  h(
    'ul',
    {},
    choices.map(({ index, text, label, impossible }) => {
      const whole = label === text ? undefined : text;
      const does = { 'data-choose': index, disabled: impossible !== null, title: whole, 'aria-label': whole };
      return h(
        'li',
        {},
        h('button', { type: 'button', ...does }, label),
        impossible !== null && h('span', { class: 'impossible' }, ` ${impossible}`),
      );
    }),
  );
