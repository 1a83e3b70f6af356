import { etherTypes } from '../../frames/protocol-numbers.js';
import type { Deployment } from '../deployment.js';
import { bitsOf, controllerPort, fieldPlaces, learningPlaces } from '../layout.js';
import { type RewriteAction, rewriteActions } from '../rewrites.js';
import { type PlannedTable, planTables, stampingTables } from '../tables-plan.js';
import { p4Common, p4Field, p4Hex } from './headers.js';

/**
 * The P4_16 source of a deployment for v1model; all switches run the same. It has the parser, actions, tables and order
 * of the BMv2 JSON (bmv2.ts), by the same names; where the JSON has a table that only runs an action, the P4 source
 * calls the action. Entries are added at run time (p4/entries.ts).
 */
export function p4Source(deployment: Deployment): string {
  const { file, sha256 } = deployment.program;
  return [
    `// ${file} (sha256 ${sha256}), compiled by snk-verify for \`${deployment.mode}\`.`,
    '#include <core.p4>',
    '#include <v1model.p4>',
    '',
    ...p4Common.before(8 * deployment.tagBytes),
    ...ingress(deployment),
    '',
    ...egress(deployment),
    ...p4Common.after,
    '',
    'V1Switch(SnkParser(), SnkVerifyChecksum(), SnkIngress(), SnkEgress(), SnkComputeChecksum(), SnkDeparser()) main;',
    '',
  ].join('\n');
}

const control = (name: string): string[] => [
  `control ${name}(inout headers_t hdr, inout metadata_t meta,`,
  '                   inout standard_metadata_t standard_metadata) {',
];

const action = (name: string, parameters: readonly string[], ...body: readonly string[]): string[] => [
  `    action ${name}(${parameters.join(', ')}) {`,
  ...body.map((line) => `        ${line}`),
  '    }',
];

const refuse = action('refuse', [], 'mark_to_drop(standard_metadata);');

function ingress(deployment: Deployment): string[] {
  const learned = deployment.learning.map((source) => p4Field(...learningPlaces[source]));
  const insert = (before: string): string[] => [
    'hdr.shim.setValid();',
    'hdr.shim.tag = meta.tag;',
    'hdr.shim.pc = 0;',
    'hdr.shim.digest = 0;',
    `hdr.shim.type_ = hdr.${before}.type_;`,
    `hdr.${before}.type_ = ${p4Hex(etherTypes.shim, 16)};`,
  ];
  const answerBy = 'standard_metadata.egress_spec = (bit<9>)hdr.command.port;';
  const tables = planTables(deployment).filter(({ key, name }) => key.length > 0 && name !== 'rewrite');
  return [
    ...control('SnkIngress'),
    '    // E_n, the event-set of this switch (paper, Figure 6).',
    '    register<bit<64>>(1) event_set;',
    '',
    ...refuse,
    ...action('begin', [], 'event_set.read(meta.event_set, 0);', 'meta.port = standard_metadata.ingress_port;'),
    ...action('from_host', []),
    ...action('from_link', []),
    '    // What the controller asks for.',
    ...action('answer', [], 'hdr.command.value = meta.event_set;', answerBy),
    ...action(
      'learn',
      [],
      'hdr.command.value = meta.event_set | hdr.command.value;',
      'event_set.write(0, hdr.command.value);',
      answerBy,
    ),
    ...action('replace', [], 'event_set.write(0, hdr.command.value);', answerBy),
    ...action('stamp_only', [], answerBy),
    ...action(
      'process',
      [],
      'meta.port = (bit<9>)hdr.command.port;',
      'hdr.ethernet.type_ = hdr.command.type_;',
      'hdr.command.setInvalid();',
    ),
    '    // IN: the tag.',
    ...action(
      'stamp',
      [`bit<${8 * deployment.tagBytes}> tag`],
      deployment.blocks.length === 1 ? 'meta.tag = tag;' : 'meta.tag = meta.tag | tag;',
    ),
    ...action('copy_tag', [], `meta.tag = ${copiedTag(deployment)};`),
    ...action('insert_shim', [], ...insert('ethernet')),
    ...action('insert_shim_behind_command', [], ...insert('command')),
    ...action('take_tag', [], 'meta.tag = hdr.shim.tag;'),
    '    // SW: detection, learning, forwarding.',
    ...action(
      'hear',
      [],
      'meta.heard = meta.event_set | hdr.shim.digest;',
      'meta.known = meta.heard;',
      'meta.detected = 0;',
    ),
    ...action(
      'detect',
      ['bit<64> event'],
      'meta.known = meta.known | event;',
      'meta.detected = meta.detected | event;',
    ),
    ...action('pass', []),
    ...action(
      'remember',
      [],
      `meta.learned = ${learned.join(' | ') || '0'};`,
      'hdr.shim.digest = meta.learned;',
      'event_set.write(0, meta.learned);',
    ),
    ...action('send', ['bit<16> rule', 'bit<9> port'], 'meta.rule = rule;', 'standard_metadata.egress_spec = port;'),
    ...action(
      'send_copies',
      ['bit<16> rule', 'bit<16> group'],
      'meta.rule = rule;',
      'standard_metadata.mcast_grp = group;',
    ),
    '',
    ...tables.flatMap(table),
    '    apply {',
    ...order(deployment).map((line) => (line === '' ? '' : `        ${line}`)),
    '    }',
    '}',
  ];
}

/** The bits of the tag that are copied from the register. */
function copiedTag({ copied, tagBytes }: Deployment): string {
  const parts = copied.map(({ mask, shift }) => {
    const bits = `(meta.event_set & ${p4Hex(mask, 64)})`;
    return shift === 0 ? bits : `(${bits} ${shift > 0 ? '<<' : '>>'} ${Math.abs(shift)})`;
  });
  return parts.length === 0 ? '0' : `(bit<${8 * tagBytes}>)(${parts.join(' | ')})`;
}

const table = ({ name, key, actions, otherwise }: PlannedTable): string[] => [
  `    table ${name} {`,
  '        key = {',
  ...key.map(({ target, match }) => `            ${p4Field(...target)}: ${match};`),
  '        }',
  `        actions = { ${actions.map((a) => `${a};`).join(' ')} }`,
  `        const default_action = ${otherwise}();`,
  '    }',
];

/** The body of the ingress: its tables and actions in the order of bmv2/pipelines.ts. */
function order(deployment: Deployment): string[] {
  const { mode, events } = deployment;
  const isMixed = mode === 'best-effort';
  const detections = mode === 'tagged' ? Array.from({ length: events }, (_, e) => `detect_${e}.apply();`) : [];
  const lookUp = (name: string): string[] => [`if (${name}.apply().miss) {`, '    refuse();', '    exit;', '}'];
  return [
    'begin();',
    'bool is_new = false;',
    'if (hdr.command.isValid()) {',
    `    if (standard_metadata.ingress_port != ${controllerPort}) {`,
    '        refuse();',
    '        exit;',
    '    }',
    '    switch (obey.apply().action_run) {',
    '        stamp_only: { is_new = true; }',
    '        process: { }',
    '        default: { exit; }',
    '    }',
    '} else {',
    '    if (hdr.ipv4.isValid() && hdr.ipv4.ihl != 5) {',
    '        refuse();',
    '        exit;',
    '    }',
    '    switch (arrival.apply().action_run) {',
    '        from_host: { is_new = true; }',
    '        from_link: { }',
    '        default: { exit; }',
    '    }',
    '    // Only switches send shims: a frame with one that comes from a host is refused.',
    '    if (is_new && hdr.shim.isValid()) {',
    '        refuse();',
    '        exit;',
    '    }',
    '}',
    'if (is_new) {',
    ...(isMixed ? [] : stampingTables(deployment))
      .flatMap(({ name, key }) => (key.length === 0 ? [`${name}();`] : lookUp(name)))
      .map((line) => `    ${line}`),
    '    if (hdr.command.isValid()) {',
    '        insert_shim_behind_command();',
    '        exit;',
    '    }',
    '    insert_shim();',
    '} else {',
    '    if (!hdr.shim.isValid()) {',
    '        refuse();',
    '        exit;',
    '    }',
    ...(isMixed ? [] : ['    take_tag();']),
    '}',
    ...(isMixed
      ? ['// The packet is processed by what this switch was last told, whatever its tag.', ...lookUp('version')]
      : []),
    ...(mode === 'tagged' ? ['hear();', ...detections, 'remember();'] : []),
    'forward.apply();',
  ];
}

function egress(deployment: Deployment): string[] {
  const rewrite = planTables(deployment).find(({ name }) => name === 'rewrite')!;
  return [
    ...control('SnkEgress'),
    ...refuse,
    ...rewriteActions(deployment).flatMap(rewriteAction),
    ...table(rewrite),
    '    apply {',
    '        if (!hdr.command.isValid()) {',
    '            rewrite.apply();',
    '        }',
    '    }',
    '}',
  ];
}

function rewriteAction({ name, kind, sets }: RewriteAction): string[] {
  const body = sets.flatMap((set): string[] =>
    set === 'eth_type'
      ? ['hdr.vlan.type_ = eth_type;', 'hdr.shim.type_ = hdr.vlan.isValid() ? hdr.shim.type_ : eth_type;']
      : [`${p4Field(...fieldPlaces[set])} = ${set};`],
  );
  const parameters = sets.map((set) => `bit<${bitsOf(...fieldPlaces[set])}> ${set}`);
  return kind === 'to_link'
    ? action(name, ['bit<8> pc', ...parameters], ...body, 'hdr.shim.pc = pc;')
    : action(name, parameters, ...body, 'hdr.ethernet.type_ = hdr.shim.type_;', 'hdr.shim.setInvalid();');
}
