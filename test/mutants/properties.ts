import type { Mutant } from './mutant.js';

type Row = readonly [name: string, find: string, replace: string, breaks: string];

/** What pins each operator and outcome on small programs, by the explorer and by the definition over all executions. */
const directed = 'test/properties/directed.test.ts';
const trees = 'test/properties/in-state.test.ts';

const inFile = (file: string, test: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([name, find, replace, breaks]) => ({ name, file, find, replace, breaks, tests: [test] }));

/**
 * Faults in what is said of properties (spec 6): in the definition, in the observer, and in what need not be explored.
 */
export const propertyMutants: readonly Mutant[] = [
  ...inFile('src/theorems/property.ts', directed, [
    [
      'an arrival is not before what leaves in its step',
      '(before(other.step, here.step) || follows(here, other)) && holds(psi.body, i)',
      'before(other.step, here.step) && holds(psi.body, i)',
      'spec 6.1: the arrival is first',
    ],
    [
      'earlier is what is before',
      '(other.step < here.step || follows(here, other)) && holds(psi.body, i)',
      '(before(other.step, here.step) || follows(here, other)) && holds(psi.body, i)',
      'spec 6.2: earlier',
    ],
    [
      'via looks at the packet itself',
      'let on = here.parent; on',
      'let on: number | undefined = lp; on',
      'spec 6.2: via',
    ],
    [
      'one more is allowed',
      'const last = satisfying[form.most];',
      'const last = satisfying[form.most + 1];',
      'spec 6.3: at most',
    ],
    [
      'a packet is its own descendant',
      'const isDescendant = (other: Observed): boolean => {',
      'const isDescendant = (other: Observed): boolean => {\n    if (other === trace[lp]) return true;',
      'spec 6.3: outcomes',
    ],
  ]),
  ...inFile('src/theorems/observed.ts', directed, [
    [
      'a drop is not seen',
      'if (queued.length === 0) trace.push',
      'if (queued.length < 0) trace.push',
      'spec 6.1: dropped',
    ],
    [
      'a packet that is sent arrives nowhere',
      "if (kind !== 'sent' && kind !== 'arrived') return false;",
      "if (kind !== 'arrived') return false;",
      'spec 6.1: at a host port, its IN',
    ],
  ]),
  ...inFile('src/search/observers/property.ts', directed, [
    ['an IN is no step of its switch', 'past: w.pasts.id(after),', 'past: w.pasts.id(before),', 'spec 4.1: IN'],
    [
      'what leaves together is before each other',
      'w, draft, marks, look, []);',
      'w, draft, marks, lookOf(before, draft.global, via), []);',
      'spec 6.1: side by side',
    ],
    [
      'what is before a copy is lost',
      'let before = bothMarks(w.pasts.value(past), own.before);',
      'let before = w.pasts.value(past);',
      'spec 6.2: before',
    ],
    [
      'the way is lost',
      'w.copies.id({ before, via, isWatched: isWatched',
      'w.copies.id({ before, via: [], isWatched: isWatched',
      'spec 6.2: via',
    ],
    [
      'nobody watches where configurations mix',
      '? { ...plain, or: step(bothMarks([], leaving), true) } : plain',
      '? plain : plain',
      'spec 6.3: leads to',
    ],
    [
      'one more is counted as too many',
      "const isTooMany = form.kind === 'atMost' && count > form.most;",
      "const isTooMany = form.kind === 'atMost' && count >= form.most;",
      'spec 6.3: at most',
    ],
  ]),
  ...inFile('src/search/observers/outlook.ts', directed, [
    [
      'what leaves cannot break anything',
      'for (const marks of hop.leaving) {',
      'for (const marks of hop.leaving.slice(1)) {',
      'outlook.ts',
    ],
  ]),
  ...inFile('src/network/tagged-packets.ts', directed, [
    ['what follows the first hop is not seen', '...below(next).below!]', ']', 'spec 6.3: leads to'],
  ]),
  ...inFile('src/theorems/configurations.ts', trees, [
    [
      'a drop is not seen in a tree',
      'return next.length > 0 ? [arrival] : [arrival, {',
      'return next.length >= 0 ? [arrival] : [arrival, {',
      'spec 6.3: in state',
    ],
    [
      'fields of tests are not asked for',
      "if (typeof seen === 'number') throw new Needs(seen);",
      "if (typeof seen === 'number') return false;",
      'spec 6.3: in state, all headers',
    ],
  ]),
];
