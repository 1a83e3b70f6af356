import { htmlDocument } from './document.js';
import { executionView } from './execution-view.js';
import { h } from './markup.js';
import { exploreScript, pageStyle } from './page-assets.js';
import { sceneOf } from './scene.js';
import { type ExploreData, sessionPanel } from './session-view.js';

/**
 * The page of `snk-verify explore`: an execution left open, and beside it what may happen next. `file` is the program's
 * name.
 */
export function explorePage(data: ExploreData, file: string): string {
  const { page, view } = data;
  const step = view.execution.steps.length;
  const viewing = { step, detailed: step, isPlaying: false, diagram_px: 480, side_px: 400 };
  return htmlDocument({
    title: `${file} – snk-verify explore`,
    body: [
      h('header', {}, h('p', { class: 'tool' }, 'snk-verify explore · one execution, step by step'), h('h1', {}, file)),
      h(
        'main',
        {},
        h('p', { id: 'problem', role: 'alert', hidden: true }),
        h('section', { id: 'session', 'aria-label': 'Session' }, sessionPanel(view)),
        h(
          'section',
          { 'aria-label': 'Execution' },
          h(
            'div',
            { id: 'execution', 'data-execution': view.execution.id },
            executionView(sceneOf(page, view.execution), viewing),
          ),
        ),
      ),
    ],
    style: pageStyle,
    data,
    script: exploreScript,
    connects: true,
  });
}
