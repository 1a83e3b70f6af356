import type { Rows } from '../rows.js';

/** Scrolls the diagram and the sentences, and nothing else, so that a step's row and mark can be seen. */
export function reveal(root: HTMLElement, step: number, rows: Rows): void {
  const told = root.querySelector<HTMLElement>('.drawn .told');
  const sentence = told?.querySelector<HTMLElement>(`li[data-step="${step}"]`);
  if (told && step === 0) told.scrollTop = 0;
  if (told && sentence) scrollTo(told, sentence.offsetTop, sentence.offsetTop + sentence.offsetHeight);
  const diagram = root.querySelector<HTMLElement>('.diagram');
  if (!diagram) return;
  scrollTo(diagram, rows.top(step - 2), rows.top(step + 2));
  const mark = diagram.querySelector(`.mark[data-step="${step}"]`)?.getBoundingClientRect();
  const frame = diagram.getBoundingClientRect();
  if (!mark || (mark.left >= frame.left && mark.right <= frame.right)) return;
  diagram.scrollLeft += mark.left - frame.left - frame.width / 2;
}

/** Scrolls as little as need be for a stretch to be seen. */
function scrollTo(element: HTMLElement, top: number, bottom: number): void {
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
}
