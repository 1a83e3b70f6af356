import { h } from '../markup.js';
import type { ExploreData, SessionView } from '../session-view.js';
import { sessionPanel } from '../session-view.js';
import { patchChildren } from './patch.js';
import { mountExecution } from './stepper.js';

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
 * Keeps the page and the address in step: the fragment of the address is the list of actions, so that a link to the page is a link to the
 * execution, and the browser's own Back undoes. The server keeps nothing.
 */
function mountSession({ page, view: first }: ExploreData, { session, execution, problem }: Places): void {
  const stepper = mountExecution(execution, page, first.execution);
  let view: SessionView = first;
  let asked = 0;

  const show = (shown: SessionView) => {
    view = shown;
    problem.hidden = true;
    patchChildren(session, [sessionPanel(view)]);
    stepper.show(view.execution);
  };
  const complain = (text: string) => {
    problem.hidden = false;
    patchChildren(problem, [h('span', {}, text)]);
  };
  const load = async () => {
    const actions = location.hash.slice(1);
    // Of several questions only the last one's answer counts.
    const mine = ++asked;
    try {
      const response = await fetch(`/session?actions=${encodeURIComponent(actions)}`);
      const answer: unknown = await response.json();
      if (mine !== asked) return;
      if (response.ok) show(answer as SessionView);
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
