import { executionView, rowHeight_px } from '../execution-view.js';
import type { PageData, ShownExecution } from '../page-data.js';
import { type Scene, sceneOf } from '../scene.js';
import { patchChildren } from './patch.js';

/** An execution on the page that can be stepped through. */
export interface Stepper {
  /** Shows another execution, or a longer or shorter one; without a step, at its end. */
  readonly show: (execution: ShownExecution, step?: number) => void;
  readonly move: (action: StepperAction) => void;
}

export type StepperAction = 'first' | 'back' | 'forth' | 'last' | 'play' | 'pause';

const keys: Readonly<Record<string, StepperAction>> = {
  ArrowLeft: 'back',
  ArrowUp: 'back',
  ArrowRight: 'forth',
  ArrowDown: 'forth',
  Home: 'first',
  End: 'last',
};

const pause_ms = 900;

/** What the side column takes at most, and what the page must have for it to stand beside the diagram. */
const side_px = 420;
const beside_px = 900;

/**
 * The seam between the page and where executions come from. It draws an execution into `root` and lets the reader step through it;
 * a report calls `show` once for each execution that is chosen, `explore` again whenever a step has been added or undone.
 * Next steps, checks that still hold and the like are the caller's, in elements of its own beside `root`.
 */
export function mountExecution(root: HTMLElement, page: PageData, execution: ShownExecution): Stepper {
  let scene: Scene = sceneOf(page, execution);
  let step = execution.steps.length;
  let pointed: number | undefined;
  let timer: number | undefined;

  const draw = () => {
    const width = root.clientWidth;
    const side = width >= beside_px ? side_px : width;
    const room = width >= beside_px ? width - side_px - 32 : width;
    const diagram_px = room - 2;
    const detailed = pointed ?? step;
    const viewing = { step, detailed, isPlaying: timer !== undefined, diagram_px, side_px: Math.min(side_px, side) };
    patchChildren(root, [executionView(scene, viewing)]);
  };
  const stop = () => {
    window.clearInterval(timer);
    timer = undefined;
  };
  const goTo = (wanted: number) => {
    step = Math.max(0, Math.min(scene.steps.length, wanted));
    pointed = undefined;
    draw();
    reveal(root, step);
  };
  const move = (action: StepperAction) => {
    if (action !== 'play') stop();
    if (action === 'first') goTo(0);
    if (action === 'back') goTo(step - 1);
    if (action === 'forth') goTo(step + 1);
    if (action === 'last') goTo(scene.steps.length);
    if (action === 'pause') draw();
    if (action === 'play') {
      if (step === scene.steps.length) step = 0;
      timer = window.setInterval(() => {
        if (step + 1 >= scene.steps.length) stop();
        goTo(step + 1);
      }, pause_ms);
      draw();
    }
  };
  const point = (to: number | undefined) => {
    if (to === pointed) return;
    pointed = to;
    draw();
  };

  root.addEventListener('click', ({ target }) => {
    const action = closest(target, 'data-action');
    if (action !== null) return move(action as StepperAction);
    const chosen = closest(target, 'data-step');
    if (chosen === null) return;
    stop();
    goTo(Number(chosen));
  });
  root.addEventListener('pointerover', ({ target }) => {
    const at = closest(target, 'data-step');
    point(at === null ? undefined : Number(at));
  });
  root.addEventListener('pointerleave', () => point(undefined));
  root.addEventListener('focusin', ({ target }) => {
    const at = closest(target, 'data-step');
    point(at === null ? undefined : Number(at));
  });
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    stop();
    goTo(Number(target.value));
  });
  root.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(action);
  });
  let drawn_px = root.clientWidth;
  window.addEventListener('resize', () => {
    if (root.clientWidth === drawn_px) return;
    drawn_px = root.clientWidth;
    draw();
  });
  draw();
  reveal(root, step);

  return {
    move,
    show: (shown, at = shown.steps.length) => {
      stop();
      scene = sceneOf(page, shown);
      goTo(at);
    },
  };
}

const closest = (target: EventTarget | null, name: string): string | null =>
  target instanceof Element ? (target.closest(`[${name}]`)?.getAttribute(name) ?? null) : null;

/** Scrolls the diagram, and nothing else, so that a step's row and mark can be seen. */
function reveal(root: HTMLElement, step: number): void {
  const diagram = root.querySelector('.diagram');
  if (!diagram) return;
  const [top, bottom] = [(step - 2) * rowHeight_px, (step + 2) * rowHeight_px];
  if (top < diagram.scrollTop) diagram.scrollTop = top;
  else if (bottom > diagram.scrollTop + diagram.clientHeight) diagram.scrollTop = bottom - diagram.clientHeight;
  const mark = diagram.querySelector(`.mark[data-step="${step}"]`)?.getBoundingClientRect();
  const frame = diagram.getBoundingClientRect();
  if (!mark || (mark.left >= frame.left && mark.right <= frame.right)) return;
  diagram.scrollLeft += mark.left - frame.left - frame.width / 2;
}
