import { executionView, rowsOfDiagram, type Viewing } from '../execution-view.js';
import type { PageData, ShownExecution } from '../page-data.js';
import { type Scene, sceneOf } from '../scene.js';
import { patchChildren } from './patch.js';
import { reveal } from './reveal.js';

/** An execution on the page that can be stepped through. */
export interface Stepper {
  /** Shows another execution, or a longer or shorter one; without a step, at its end. */
  readonly show: (execution: ShownExecution, step?: number) => void;
  readonly move: (action: StepperAction) => void;
}

/** Where an execution is shown first, and who wants to know where the reader goes. */
interface Course {
  readonly step: number;
  /** Called whenever another step or another execution is shown. */
  readonly moved: (execution: ShownExecution, step: number) => void;
}

type StepperAction = 'first' | 'back' | 'forth' | 'last' | 'play' | 'pause';

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
 * Measuring may change what is measured, by a scroll bar that comes or goes: then it is done again, at most so often.
 */
const maxMeasured = 3;

/**
 * The seam between the page and where executions come from. It draws an execution into `root` and lets the reader step
 * through it; a report calls `show` once for each execution that is chosen, `explore` again whenever a step has been
 * added or undone. The caller shows next steps, checks that still hold and the like in elements of its own beside
 * `root`.
 */
export function mountExecution(root: HTMLElement, page: PageData, execution: ShownExecution, course: Course): Stepper {
  let scene: Scene = sceneOf(page, execution);
  let step = within(course.step, scene);
  let pointed: number | undefined;
  let timer: number | undefined;
  let heights_px: readonly number[] | undefined;

  const viewingNow = (): Viewing => {
    const width = root.clientWidth;
    const side = width >= beside_px ? side_px : width;
    const diagram_px = (width >= beside_px ? width - side_px - 32 : width) - 2;
    const detailed = pointed ?? step;
    const isPlaying = timer !== undefined;
    return { step, detailed, isPlaying, diagram_px, side_px: Math.min(side_px, side), heights_px };
  };
  const draw = () => {
    patchChildren(root, [executionView(scene, viewingNow())]);
    for (let i = 0; heights_px === undefined || i > 0; i++) {
      const found = measured(root);
      if (i === maxMeasured || (heights_px !== undefined && String(found) === String(heights_px))) break;
      heights_px = found;
      patchChildren(root, [executionView(scene, viewingNow())]);
    }
  };
  const stop = () => {
    window.clearInterval(timer);
    timer = undefined;
  };
  const goTo = (wanted: number) => {
    step = within(wanted, scene);
    pointed = undefined;
    draw();
    reveal(root, step, rowsOfDiagram(scene, viewingNow()));
    course.moved(scene.execution, step);
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

  const resized = () => {
    heights_px = undefined;
    draw();
  };
  const jump = (to: number) => {
    stop();
    goTo(to);
  };

  listen(root, { move, jump, point });
  whenResized(root, resized);
  draw();
  reveal(root, step, rowsOfDiagram(scene, viewingNow()));

  return {
    move,
    show: (shown, at = shown.steps.length) => {
      scene = sceneOf(page, shown);
      heights_px = undefined;
      jump(at);
    },
  };
}

/** What a reader does to an execution. */
interface Hands {
  readonly move: (action: StepperAction) => void;
  readonly jump: (step: number) => void;
  /** Looks at a step without going there, or no more. */
  readonly point: (step: number | undefined) => void;
}

/** Understands what the mouse and the keyboard do in an execution. */
function listen(root: HTMLElement, { move, jump, point }: Hands): void {
  root.addEventListener('click', ({ target }) => {
    const action = closest(target, 'data-action');
    if (action !== null) return move(action as StepperAction);
    const chosen = closest(target, 'data-step');
    if (chosen !== null) jump(Number(chosen));
  });
  const pointAt = ({ target }: Event) => {
    const at = closest(target, 'data-step');
    point(at === null ? undefined : Number(at));
  };
  root.addEventListener('pointerover', pointAt);
  root.addEventListener('pointerleave', () => point(undefined));
  root.addEventListener('focusin', pointAt);
  root.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) jump(Number(target.value));
  });
  root.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(action);
  });
}

/** Calls `resized` when the element has become wider or narrower with the window. */
function whenResized(root: HTMLElement, resized: () => void): void {
  let drawn_px = root.clientWidth;
  window.addEventListener('resize', () => {
    if (root.clientWidth === drawn_px) return;
    drawn_px = root.clientWidth;
    resized();
  });
}

const closest = (target: EventTarget | null, name: string): string | null =>
  target instanceof Element ? (target.closest(`[${name}]`)?.getAttribute(name) ?? null) : null;

/** The step that is shown where one is wanted that may not exist. */
const within = (wanted: number, { steps }: Scene): number => Math.max(0, Math.min(steps.length, wanted));

/** How high the sentences beside the diagram have come out. */
const measured = (root: HTMLElement): number[] =>
  [...root.querySelectorAll('.diagram .sentences > li')].map((row) => row.getBoundingClientRect().height);

/**
 * Wherever the keyboard is on the page, arrows step through an execution; fields, and what scrolls, keep their own
 * keys.
 */
export function listenToArrows(stepper: Stepper): void {
  const arrows: Readonly<Record<string, StepperAction>> = { ArrowLeft: 'back', ArrowRight: 'forth' };
  document.addEventListener('keydown', (event) => {
    const action = arrows[event.key];
    const keepsKeys =
      event.target instanceof Element && event.target.closest('input, select, textarea, [tabindex="0"]') !== null;
    if (!action || keepsKeys || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stepper.move(action);
  });
}
