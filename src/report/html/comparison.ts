import { chooser, executionRoot } from './executions.js';
import { h, type Markup } from './markup.js';
import type { PageData, ShownExecution } from './page-data.js';

/**
 * Two executions of one program under two semantics, side by side, as paper Figures 8 to 10 compare event-driven
 * updates with uncoordinated ones. Undefined if the page has not two.
 */
export function comparison(data: PageData): Markup | undefined {
  const { executions } = data;
  const semantics = new Set(executions.map(({ options }) => options.semantics));
  if (semantics.size < 2) return undefined;
  // An execution that breaks nothing is best set beside one that breaks a check with the same packets.
  const left = executions.find(({ kind }) => kind === null) ?? executions[0]!;
  const right = executions.findLast(
    (other) => other.kind !== null && other.options.semantics !== left.options.semantics,
  )!;
  const side = (id: string, chosen: ShownExecution) =>
    h('div', { class: 'compared' }, chooser(id, executions, chosen), executionRoot(id, data, chosen));
  return h('div', { class: 'comparison' }, side('left', left), side('right', right));
}
