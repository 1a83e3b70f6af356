/**
 * The layers of src/, in the order in which data flows (ARCHITECTURE.md): for each room, the rooms that it may import
 * from besides itself. A room that is not in this table may not exist.
 */
const rooms = {
  base: [],
  netkat: ['base'],
  frames: ['base', 'netkat'],
  language: ['base', 'netkat'],
  events: ['base', 'netkat', 'language'],
  difference: ['base', 'netkat', 'language', 'events'],
  execution: ['base', 'netkat', 'language', 'events'],
  theorems: ['base', 'netkat', 'language', 'events', 'execution'],
  tables: ['base', 'netkat', 'language', 'events', 'execution'],
  compiler: ['base', 'netkat', 'language', 'events', 'tables'],
  targets: ['base', 'netkat', 'events', 'tables', 'frames'],
  packets: ['base', 'netkat', 'language', 'events', 'tables'],
  engines: ['base', 'netkat', 'language', 'events', 'execution', 'theorems', 'tables'],
  network: ['base', 'netkat', 'language', 'events', 'execution', 'packets'],
  search: ['base', 'netkat', 'language', 'events', 'execution', 'theorems', 'tables', 'packets', 'engines', 'network'],
  smt: ['base', 'netkat', 'language', 'events', 'execution', 'theorems', 'tables', 'compiler', 'packets', 'engines'],
  export: ['base', 'netkat', 'language', 'events', 'execution', 'theorems', 'packets', 'engines'],
  replay: ['base', 'netkat', 'language', 'events', 'execution', 'tables', 'targets', 'frames'],
  report: [
    'base',
    'netkat',
    'language',
    'events',
    'difference',
    'execution',
    'theorems',
    'tables',
    'engines',
    'frames',
  ],
  verbs: [
    'base',
    'netkat',
    'frames',
    'language',
    'events',
    'difference',
    'execution',
    'theorems',
    'tables',
    'compiler',
    'targets',
    'packets',
    'engines',
    'network',
    'search',
    'smt',
    'export',
    'replay',
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
        'The command line holds no logic: workbench, report, base, diagnostics of the language; types of verdicts and executions.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(base/|cli/|report/|workbench\\.ts$|language/(show-)?diagnostics?\\.ts$|(execution|theorems|engines)/)',
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
        pathNot: '^src/(workbench|cli/main|report/html/browser/(main|explore)|report/html/page-assets)\\.ts$',
      },
      to: {},
    },
    {
      name: 'confirming-is-no-search',
      comment: 'What confirms an execution shares nothing, at any distance, with what found it.',
      severity: 'error',
      from: { path: '^src/(execution/|theorems/|verbs/validate\\.ts$)' },
      to: { path: '^src/(network|search|smt)/', reachable: true },
    },
    {
      name: 'smt-and-export-have-rules-of-their-own',
      comment: "The solver's rules, and those for other checkers, take nothing from the explorer's, at any distance.",
      severity: 'error',
      from: { path: '^src/(smt|export)/' },
      to: { path: '^src/(network|search)/', reachable: true },
    },
    {
      name: 'tables-are-judged-without-their-compiler',
      comment: 'What says whether tables do what a program says takes nothing from what made them, at any distance.',
      severity: 'error',
      from: { path: '^src/(tables|smt/(tables|proofs|certificates))/' },
      to: { path: '^src/compiler/', reachable: true },
    },
    {
      name: 'network-for-the-search-alone',
      comment: "The explorer's rules are for the explorer: `search` and the verbs.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(network|search|verbs)/|^src/workbench\\.ts$' },
      to: { path: '^src/network/' },
    },
    {
      name: 'bmv2-knows-the-format-alone',
      comment: 'The interpreter of BMv2 JSON knows the specification of the format, and nothing of what writes it.',
      severity: 'error',
      from: { path: '^src/replay/bmv2/' },
      to: { path: '^src/', pathNot: '^src/replay/bmv2/', reachable: true },
    },
    {
      name: 'variants-know-no-reduction',
      comment: 'A reduction lives beside the rules, never in a variant of them.',
      severity: 'error',
      from: { path: '^src/network/variants/' },
      to: { path: '^src/network/reductions/', reachable: true },
    },
    {
      name: 'pages-know-no-browser',
      comment:
        'Pages are functions of results: the script that runs in them draws with what they draw with, not the reverse.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/report/html/browser/' },
      to: { path: '^src/report/html/browser/' },
    },
    {
      name: 'executions-are-drawn-from-the-document',
      comment: 'Formats of executions know of no program and of no other report than its words.',
      severity: 'error',
      from: { path: '^src/report/executions/' },
      to: { path: '^src/(language/program\\.ts|language/read-program\\.ts|events/|tables/|report/html/)' },
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
      comment:
        'Rooms compute: only the command line and the replay touch files or other programs; base/memory.ts asks how large the process is.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|replay/|base/memory.ts$)' },
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
    {
      name: 'no-deprecated-core',
      comment: 'Modules of Node.js that it has deprecated.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['core'], path: '^(node:)?(punycode|domain|constants|sys|_linklist|_stream_wrap)$' },
    },
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
