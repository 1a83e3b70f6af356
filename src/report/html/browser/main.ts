import type { PageData } from '../page-data.js';
import { filterTables } from './filter.js';
import { mountExecution, type StepperAction } from './stepper.js';

const data = document.getElementById('data');
if (data) mountAll(JSON.parse(data.textContent ?? '') as PageData);
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-filters]')) filterTables(input);

/** Every place of the page that shows an execution, with the choice of executions that goes with it. */
function mountAll(page: PageData): void {
  const find = (id: string | null | undefined) => page.executions.find((execution) => execution.id === id);
  const steppers = [...document.querySelectorAll<HTMLElement>('[data-execution]')].flatMap((root) => {
    const execution = find(root.getAttribute('data-execution'));
    if (!execution) return [];
    const stepper = mountExecution(root, page, execution);
    const chooser = document.querySelector<HTMLSelectElement>(`select[data-chooses="${root.id}"]`);
    chooser?.addEventListener('change', () => {
      const chosen = find(chooser.value);
      if (chosen) stepper.show(chosen);
    });
    return [stepper];
  });
  // Wherever the keyboard is on the page, arrows step through its first execution; fields keep their own keys.
  const arrows: Readonly<Record<string, StepperAction>> = { ArrowLeft: 'back', ArrowRight: 'forth' };
  document.addEventListener('keydown', (event) => {
    const action = arrows[event.key];
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (!action || isField || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    steppers[0]?.move(action);
  });
}
