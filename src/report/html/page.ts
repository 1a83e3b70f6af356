import { namesIn } from '../../theorems/checks.js';
import { brokenTitle, counterexamplesOf } from '../result/checks.js';
import type { Result } from '../result/result.js';
import { comparison } from './comparison.js';
import { htmlDocument } from './document.js';
import { endsOfExecution } from './ends.js';
import { executionsSection } from './executions.js';
import { h, type Markup } from './markup.js';
import { pageScript, pageStyle } from './page-assets.js';
import type { ShownExecution } from './page-data.js';
import { pageDataOf } from './page-data-of.js';
import { programView } from './program-view.js';
import { rejection } from './rejection-view.js';
import { tables } from './tables.js';
import { summary, verdicts } from './verdicts.js';

/** A part of the page, with its place in the table of contents. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: readonly (Markup | undefined)[];
}

/**
 * The report on one program, as one HTML page that needs nothing else: from the JSON results alone, one for each way in
 * which the program was run. @throws if the results are of different programs
 */
export async function htmlPage(results: readonly Result[]): Promise<string> {
  const [first] = results;
  if (!first) throw new Error('a page needs a result');
  if (results.some(({ program }) => program.sha256 !== first.program.sha256))
    throw new Error('the results are of different programs');
  const all = results.flatMap(executionsOf);
  const executions = withinRoom(all);
  const data = await pageDataOf(first, executions);
  const sections: Section[] = [
    { id: 'rejected', title: 'Why it is rejected', content: [await rejection(first, data)] },
    {
      id: 'executions',
      title: 'What goes wrong',
      content: [data && executionsSection(data, all.length - executions.length)],
    },
    { id: 'comparison', title: 'Side by side', content: [data && comparison(data)] },
    { id: 'verdicts', title: 'Verdicts', content: [first.rejected ? undefined : verdicts(results)] },
    { id: 'program', title: 'Program', content: [await programView(first, data)] },
    { id: 'tables', title: 'Tables', content: [first.tables && tables(first.tables)] },
  ].filter(({ content }) => content.some(Boolean));
  return htmlDocument({
    title: `${first.program.file} – snk-verify`,
    body: [
      header(results),
      contents(sections),
      h(
        'main',
        {},
        sections.map(({ id, title, content }) =>
          h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), content),
        ),
      ),
      h(
        'footer',
        {},
        `Made by ${first.tool.name} ${first.tool.version} from the JSON of its checks; sha256 of the program: `,
        h('code', {}, first.program.sha256.slice(0, 16)),
        '…',
      ),
    ],
    style: pageStyle,
    ...(data ? { data, script: pageScript } : {}),
  });
}

const header = (results: readonly Result[]): Markup =>
  h(
    'header',
    {},
    h('p', { class: 'tool' }, 'snk-verify · event-driven consistency of a Stateful NetKAT program'),
    h('h1', {}, results[0]!.program.file),
    h(
      'ul',
      { class: 'badges' },
      results.map((result) => h('li', {}, summary(result))),
    ),
  );

const contents = (sections: readonly Section[]): Markup =>
  h(
    'nav',
    { class: 'contents', 'aria-label': 'Contents' },
    h(
      'ul',
      {},
      sections.map(({ id, title }) => h('li', {}, h('a', { href: `#${id}` }, title))),
    ),
  );

/** All executions of a page have at most so many steps together. */
const maxSteps = 20_000;

/** As many of the executions as there is room for; of long ones only the two ends. */
function withinRoom(executions: readonly ShownExecution[]): ShownExecution[] {
  const shown: ShownExecution[] = [];
  let steps = 0;
  for (const execution of executions) {
    const short = endsOfExecution(execution);
    steps += short.steps.length;
    if (steps > maxSteps) break;
    shown.push(short);
  }
  return shown;
}

function executionsOf(result: Result, run: number): ShownExecution[] {
  const { options, replays = [] } = result;
  return [
    ...counterexamplesOf(result).map(({ names, counterexample }, i) => ({
      ...counterexample,
      id: `x${run}-${i}`,
      options,
      title: brokenTitle(names),
      ...replaysOf(result, names),
    })),
    ...replays.map((replay, i) => ({
      ...replay,
      id: `r${run}-${i}`,
      options,
      title: `The packets of ${replay.follows}, without harm`,
      kind: null,
      event: null,
      occurrences: [],
    })),
  ];
}

/**
 * What switches did with an execution that breaks some checks: mostly the same for each. Nothing if it was not
 * replayed.
 */
function replaysOf({ checks }: Result, names: readonly string[]): Pick<ShownExecution, 'replayed'> {
  const verdicts = namesIn(checks).flatMap((name) => (names.includes(name) ? (checks[name]?.replay ?? []) : []));
  const different = new Map(verdicts.map((verdict) => [JSON.stringify(verdict), verdict]));
  return different.size === 0 ? {} : { replayed: [...different.values()] };
}
