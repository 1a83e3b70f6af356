import { h } from '../markup.js';
import type { ExploreData, SessionView } from '../session-view.js';
import { sessionPanel } from '../session-view.js';
import { keepFragment, replaceFragment, stepIn } from './address.js';
import { patchChildren } from './patch.js';
import { listenToArrows, mountExecution } from './stepper.js';

const data = document.getElementById('data');
const session = document.getElementById('session');
const execution = document.getElementById('execution');
const problem = document.getElementById('problem');
if (data && session && execution && problem)
  mountSession(JSON.parse(data.textContent ?? '') as ExploreData, { session, execution, problem });

interface Places {
  readonly session: HTMLElement;
  readonly execution: HTMLElement;
  readonly problem: HTMLElement;
}

/**
 * Keeps the page and the address in step: the fragment of the address is the list of actions, so that a link to the
 * page is a link to the execution, and the browser's own Back undoes; where an earlier step is looked at, `&step=N`
 * says so. The server keeps nothing.
 */
function mountSession({ page, view: first }: ExploreData, { session, execution, problem }: Places): void {
  let view: SessionView = first;
  const stepper = mountExecution(execution, page, first.execution, {
    step: first.execution.steps.length,
    moved: ({ steps }, step) => replaceFragment(step === steps.length ? view.actions : `${view.actions}&step=${step}`),
  });
  listenToArrows(stepper);
  let asked = 0;

  const show = (shown: SessionView, step: number | undefined) => {
    view = shown;
    problem.hidden = true;
    patchChildren(session, [sessionPanel(view)]);
    stepper.show(view.execution, step);
  };
  const complain = (text: string) => {
    problem.hidden = false;
    patchChildren(problem, [h('span', {}, text)]);
  };
  const load = async () => {
    keepFragment();
    const [actions = '', ...more] = location.hash.slice(1).split('&');
    const step = stepIn(new URLSearchParams(more.join('&')).get('step'));
    // Of several questions only the last one's answer counts.
    const mine = ++asked;
    try {
      const response = await fetch(`/session?actions=${encodeURIComponent(actions)}`);
      const answer: unknown = await response.json();
      if (mine !== asked) return;
      if (response.ok) show(answer as SessionView, step);
      else complain((answer as { readonly problem: string }).problem);
    } catch (error) {
      if (mine === asked) complain(`snk-verify explore does not answer: ${(error as Error).message}`);
    }
  };
  const goTo = (actions: readonly string[]) => {
    location.hash = actions.join('.');
  };
  const soFar = (): readonly string[] => (view.actions === '' ? [] : view.actions.split('.'));

  session.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const choice = target.closest('[data-choose]')?.getAttribute('data-choose');
    if (choice !== null && choice !== undefined) goTo([...soFar(), choice]);
    else if (target.closest('[data-undo]')) goTo(soFar().slice(0, -1));
  });
  window.addEventListener('hashchange', load);
  if (location.hash.length > 1) void load();
}
