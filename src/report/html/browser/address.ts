import type { PageData, ShownExecution } from '../page-data.js';

/** An execution at one of its steps. */
export interface ReaderPosition {
  readonly execution: ShownExecution;
  readonly step: number;
}

/** The step of the execution that the page begins with is just `step`. */
const stepKey = (id: string): string => (id === 'execution' ? 'step' : `${id}-step`);

/**
 * What the address says of a place of the page that shows executions: `#execution=x0-0&step=3`, where either may be
 * missing. Undefined if it says nothing, as in `#verdicts`.
 */
export function positionOf(id: string, { executions }: PageData): Partial<ReaderPosition> | undefined {
  const said = new URLSearchParams(location.hash.slice(1));
  const execution = executions.find((candidate) => candidate.id === said.get(id));
  const step = stepIn(said.get(stepKey(id)));
  if (!execution && step === undefined) return undefined;
  return { ...(execution ? { execution } : {}), ...(step === undefined ? {} : { step }) };
}

/** A number of steps; undefined where somebody has written something else. */
export const stepIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** The fragment that says so of these places. */
export const fragmentOf = (positions: ReadonlyMap<string, ReaderPosition>): string =>
  [...positions].map(([id, { execution, step }]) => `${id}=${execution.id}&${stepKey(id)}=${step}`).join('&');

/** Browsers refuse addresses that change too often, as they would while a key is held down. */
const quiet_ms = 200;
let timer: number | undefined;

/** Makes the address say something, once the reader rests, without a new entry in the browser's history. */
export function replaceFragment(fragment: string): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (location.hash.slice(1) !== fragment) history.replaceState(history.state, '', `#${fragment}`);
  }, quiet_ms);
}

/** What was to be said is no longer: the address has changed by itself. */
export const keepFragment = (): void => window.clearTimeout(timer);
