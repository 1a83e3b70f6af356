/**
 * The layers of src/, in the order in which data flows (ARCHITECTURE.md): for each room, the rooms that it may import
 * from besides itself. A room that is not in this table may not exist.
 */
const rooms = {
  json: [],
  netkat: [],
  frames: ['netkat'],
  language: ['netkat'],
  events: ['netkat', 'language'],
  compiler: ['json', 'netkat', 'language', 'events', 'frames'],
  execution: ['netkat', 'language', 'events', 'compiler'],
  theorems: ['netkat', 'language', 'events', 'execution'],
  packets: ['netkat', 'language', 'events', 'compiler'],
  engines: ['netkat', 'language', 'events', 'compiler', 'execution', 'theorems'],
  network: ['netkat', 'language', 'events', 'execution', 'packets'],
  search: ['netkat', 'language', 'events', 'compiler', 'packets', 'execution', 'theorems', 'engines', 'network'],
  smt: ['json', 'netkat', 'language', 'events', 'compiler', 'packets', 'execution', 'theorems', 'engines'],
  replay: ['netkat', 'language', 'events', 'compiler', 'execution', 'frames'],
  export: ['netkat', 'language', 'events', 'packets', 'execution', 'theorems', 'engines'],
  report: ['json', 'netkat', 'language', 'events', 'compiler', 'execution', 'theorems', 'engines', 'frames'],
  page: ['report'],
  verbs: [
    'json',
    'netkat',
    'language',
    'events',
    'compiler',
    'packets',
    'execution',
    'network',
    'theorems',
    'engines',
    'search',
    'smt',
    'frames',
    'replay',
    'export',
    'report',
  ],
};

const names = Object.keys(rooms);

const layers = names.map((room) => ({
  name: `layer-${room}`,
  comment: `src/${room} may import from itself${rooms[room].map((other) => `, ${other}`).join('')}, and no other room.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...rooms[room]].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'layer-workbench',
      comment: 'The library does not know its command line.',
      severity: 'error',
      from: { path: '^src/workbench\\.ts$' },
      to: { path: '^src/', pathNot: `^src/(${names.join('|')})/` },
    },
    {
      name: 'layer-cli',
      comment:
        'The command line holds no logic: workbench, report, diagnostics of the language; types of verdicts and executions.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(cli/|report/|workbench\\.ts$|language/(show-)?diagnostics?\\.ts$|(execution|theorems|engines)/)',
      },
    },
    {
      name: 'layer-cli-types',
      comment: 'From execution, theorems and engines the command line takes types alone (`import type`).',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(execution|theorems|engines)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'unknown-room',
      comment: 'Every file of src/ is in a room of the table above, in cli/, or is workbench.ts.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/((${names.join('|')}|cli)/|workbench\\.ts$)` },
    },
    {
      name: 'no-cycle',
      comment: 'No cycles; imports of types alone, which are gone at run time, count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nothing imports, and that imports nothing, is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: '^src/(workbench|cli/main|page/(main|explore)|report/html/page-assets)\\.ts$',
      },
      to: {},
    },
    {
      name: 'validation-is-no-search',
      comment: 'What confirms an execution shares nothing, at any distance, with what found it.',
      severity: 'error',
      from: { path: '^src/(execution/|theorems/|verbs/validate\\.ts$)' },
      to: { path: '^src/(network|search|smt)/', reachable: true },
    },
    {
      name: 'no-z3-outside-smt',
      comment: 'src/smt alone speaks to the solver; nothing of the exploration even mentions it.',
      severity: 'error',
      from: { path: '^(src|test|bench)/', pathNot: '^src/smt/' },
      to: { path: 'z3' },
    },
    {
      name: 'no-files-inside',
      comment: 'Rooms compute: only the command line and the replay touch files or other programs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|replay/)' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|child_process|process|readline|net|http|https)(/|$)' },
    },
    {
      name: 'no-development-packages',
      comment: 'What is published uses published dependencies alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-from-sources',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-deprecated-core', severity: 'error', from: {}, to: { dependencyTypes: ['deprecated'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
