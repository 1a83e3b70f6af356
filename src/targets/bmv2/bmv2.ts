import type { Deployment, SwitchDeployment } from '../deployment.js';
import { type HeaderFields, headerLayouts, metadataLayout, withTag } from '../layout.js';
import { actionBodies } from './actions.js';
import { bmv2Calculations, bmv2Checksums } from './checksums.js';
import type { Action, Pipeline } from './format.js';
import { bmv2Parser } from './parser.js';
import { bmv2Pipelines } from './pipelines.js';

/**
 * What simple_switch loads for one switch: BMv2's JSON, version 2.24. It contains the entries of tables, but cannot
 * contain multicast groups.
 */
export interface Bmv2Program {
  readonly header_types: readonly { readonly name: string; readonly id: number; readonly fields: HeaderFields }[];
  readonly headers: readonly {
    readonly name: string;
    readonly id: number;
    readonly header_type: string;
    readonly metadata: boolean;
  }[];
  readonly actions: readonly Action[];
  readonly pipelines: readonly Pipeline[];
  readonly [part: string]: unknown;
}

/**
 * A multicast group as simple_switch's `simple_pre_lag` wants it: one node for each copy, with the number of the copy
 * and the port by which it leaves.
 */
export interface MulticastGroup {
  readonly group: number;
  readonly nodes: readonly { readonly rid: number; readonly port: number }[];
}

/** The fields of v1model's standard metadata that simple_switch needs, at v1model's widths, padded to whole bytes. */
const standardMetadata: HeaderFields = [
  ['ingress_port', 9],
  ['egress_spec', 9],
  ['egress_port', 9],
  ['instance_type', 32],
  ['packet_length', 32],
  ['mcast_grp', 16],
  ['egress_rid', 16],
  ['_padding', 5],
];

/** The program and the entries of one switch of a deployment. */
export function bmv2Program(deployment: Deployment, here: SwitchDeployment): Bmv2Program {
  const actions = actionBodies(deployment).map((body, id): Action => ({ ...body, id }));
  const ids = new Map(actions.map(({ name, id }) => [name, id]));
  const tagBits = 8 * deployment.tagBytes;
  const layouts: [string, HeaderFields][] = [
    ['standard_metadata', standardMetadata],
    ['meta', withTag(metadataLayout, tagBits)],
    ...Object.entries(headerLayouts).map(([name, fields]): [string, HeaderFields] => [name, withTag(fields, tagBits)]),
  ];
  return {
    __meta__: { version: [2, 24], compiler: 'snk-verify' },
    header_types: layouts.map(([name, fields], id) => ({ name: `${name}_t`, id, fields })),
    headers: layouts.map(([name], id) => ({
      name,
      id,
      header_type: `${name}_t`,
      metadata: name === 'standard_metadata' || name === 'meta',
    })),
    header_stacks: [],
    header_union_types: [],
    header_unions: [],
    header_union_stacks: [],
    field_lists: [],
    errors: [],
    enums: [],
    parsers: [bmv2Parser],
    parse_vsets: [],
    deparsers: [{ name: 'deparser', id: 0, order: Object.keys(headerLayouts) }],
    meter_arrays: [],
    counter_arrays: [],
    // This register is E_n; it starts empty.
    register_arrays: [{ name: 'event_set', id: 0, size: 1, bitwidth: 64 }],
    calculations: bmv2Calculations,
    learn_lists: [],
    actions,
    pipelines: bmv2Pipelines(deployment, here, (name) => ids.get(name)!),
    checksums: bmv2Checksums,
    force_arith: [],
    extern_instances: [],
    // Without these, multicast is silently ignored.
    field_aliases: [
      ['intrinsic_metadata.mcast_grp', ['standard_metadata', 'mcast_grp']],
      ['intrinsic_metadata.egress_rid', ['standard_metadata', 'egress_rid']],
    ],
  };
}

/** The multicast groups to which rules with several copies send. */
export const multicastGroups = ({ forwarding }: SwitchDeployment): MulticastGroup[] =>
  forwarding.flatMap(({ group, copies }) =>
    group === undefined ? [] : [{ group, nodes: copies.map(({ port }, rid) => ({ rid, port })) }],
  );
