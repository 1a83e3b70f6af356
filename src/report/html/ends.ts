import { narrate } from '../text/story.js';
import { h, type Markup } from './markup.js';
import { packetClass } from './names.js';
import type { Rest, ShownExecution } from './page-data.js';

/**
 * Of longer executions only the two ends are shown: nobody steps through more, and a browser would take too long to
 * draw them.
 */
const maxSteps = 500;
const firstSteps = 300;
const lastSteps = 200;

/**
 * An execution as far as a page has room for it: of a long one the beginning can be stepped through, and the end is
 * told.
 */
export function endsOfExecution(execution: ShownExecution): ShownExecution {
  const { steps, occurrences, account } = execution;
  if (steps.length <= maxSteps) return execution;
  const from = steps.length - lastSteps;
  const told = narrate(steps);
  const rest: Rest = {
    steps: steps.length,
    packets: steps.filter(({ rule }) => rule === 'IN').length,
    last: steps.slice(from).map((step, i) => {
      const events = occurrences.filter((occurrence) => occurrence.step === from + i).map(({ event }) => event);
      const sentences = [...told[from + i]!, ...events.map((event) => `e${event} occurs here`)];
      return { ...('packet' in step ? { packet: step.packet } : {}), sentences };
    }),
  };
  return {
    ...execution,
    steps: steps.slice(0, firstSteps),
    occurrences: occurrences.filter(({ step }) => step < firstSteps),
    ...(account ? { account: beginningOf(account) } : {}),
    rest,
  };
}

function beginningOf(account: NonNullable<ShownExecution['account']>): NonNullable<ShownExecution['account']> {
  return {
    ...account,
    before: account.before.filter(([a, b]) => a < firstSteps && b < firstSteps),
    controller: account.controller.filter(({ step }) => step < firstSteps),
  };
}

/** How many steps an execution has, shown or not. */
export const lengthOf = ({ steps, rest }: ShownExecution): number => rest?.steps ?? steps.length;

const counted = (n: number): string => n.toLocaleString('en');

/** The end of a long execution in sentences, and how to have all of it. */
export function restView({ steps, rest, packet }: ShownExecution): Markup | undefined {
  if (!rest) return undefined;
  const from = rest.steps - rest.last.length;
  return h(
    'div',
    { class: 'rest' },
    h(
      'p',
      {},
      `This execution has ${counted(rest.steps)} steps. The first ${counted(steps.length)} can be stepped through here, and the last ${rest.last.length} are told below. All of them: `,
      h('code', {}, 'snk-verify convert RESULT --to text'),
      ', where RESULT is a file with what ',
      h('code', {}, 'snk-verify check --json'),
      ' prints.',
    ),
    h(
      'div',
      { class: 'told', tabindex: 0, role: 'region', 'aria-label': 'The last steps' },
      h(
        'ol',
        { class: 'last-steps' },
        rest.last.map((last, i) =>
          h(
            'li',
            { class: packet !== null && last.packet === packet ? 'fault' : undefined, value: from + i + 1 },
            h('span', {
              class: `bullet ${last.packet === undefined ? 'ctrl' : packetClass(last.packet)}`,
              'aria-hidden': 'true',
            }),
            ` ${last.sentences.join('; ')}`,
          ),
        ),
      ),
    ),
  );
}
