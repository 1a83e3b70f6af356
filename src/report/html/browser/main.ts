import type { PageData } from '../page-data.js';
import { fragmentOf, keepFragment, positionOf, type ReaderPosition, replaceFragment } from './address.js';
import { filterTables } from './filter.js';
import { listenToArrows, mountExecution, type Stepper } from './stepper.js';

const data = document.getElementById('data');
if (data) mountAll(JSON.parse(data.textContent ?? '') as PageData);
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-filters]')) filterTables(input);

/** Every place of the page that shows an execution, with the choice of executions that goes with it. */
function mountAll(page: PageData): void {
  const positions = new Map<string, ReaderPosition>();
  const steppers = [...document.querySelectorAll<HTMLElement>('[data-execution]')].flatMap(
    (root) => mountPlace(root, page, positions) ?? [],
  );
  if (steppers[0]) listenToArrows(steppers[0]);
}

/** `positions`: where the reader has gone, which the address tells. */
function mountPlace(root: HTMLElement, page: PageData, positions: Map<string, ReaderPosition>): Stepper | undefined {
  const find = (id: string | null | undefined) => page.executions.find((execution) => execution.id === id);
  const first = find(root.getAttribute('data-execution'));
  if (!first) return undefined;
  const chooser = document.querySelector<HTMLSelectElement>(`select[data-chooses="${root.id}"]`);
  const moved = (execution: ReaderPosition['execution'], step: number) => {
    positions.set(root.id, { execution, step });
    if (chooser) chooser.value = execution.id;
    replaceFragment(fragmentOf(positions));
  };
  const said = positionOf(root.id, page);
  const stepper = mountExecution(root, page, said?.execution ?? first, { step: said?.step ?? 0, moved });
  const follow = () => {
    keepFragment();
    const position = positionOf(root.id, page);
    if (!position) return;
    const execution = position.execution ?? positions.get(root.id)?.execution ?? first;
    stepper.show(execution, position.step ?? 0);
    root.scrollIntoView({ block: 'nearest' });
  };
  if (said) follow();
  window.addEventListener('hashchange', follow);
  chooser?.addEventListener('change', () => {
    const chosen = find(chooser.value);
    if (chosen) stepper.show(chosen, 0);
  });
  return stepper;
}
