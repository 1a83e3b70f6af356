import { multicastGroups } from '../bmv2/bmv2.js';
import type { Deployment, SwitchDeployment } from '../deployment.js';
import { type PlannedEntry, type PlannedTable, planTables } from '../tables-plan.js';

const hex = (number: number | bigint): string => `0x${number.toString(16)}`;

/** The entries and the multicast groups of one switch, as commands of simple_switch_CLI for the P4 source. */
export function p4Entries(deployment: Deployment, here: SwitchDeployment): string {
  const control = (name: string): string => (name === 'rewrite' ? 'SnkEgress' : 'SnkIngress');
  const entries = planTables(deployment).flatMap((table) =>
    table.entries(here).map((entry, i) => tableAdd(control(table.name), table, entry, i + 1)),
  );
  let node = 0;
  const groups = multicastGroups(here).flatMap(({ group, nodes }) => [
    `mc_mgrp_create ${group}`,
    ...nodes.flatMap(({ rid, port }) => [`mc_node_create ${rid} ${port}`, `mc_node_associate ${group} ${node++}`]),
  ]);
  return [`# Switch ${here.id}: simple_switch_CLI < switch-${here.id}.cli`, ...entries, ...groups, ''].join('\n');
}

function tableAdd(
  control: string,
  table: PlannedTable,
  { key, action, parameters }: PlannedEntry,
  priority: number,
): string {
  const isTernary = table.key.some(({ match }) => match === 'ternary');
  const match = table.key.map((part, i) => {
    const { value, mask } = key[i]!;
    return part.match === 'exact' ? hex(value) : `${hex(value)}&&&${hex(mask)}`;
  });
  return [
    `table_add ${control}.${table.name} ${control}.${action}`,
    ...match,
    '=>',
    ...parameters.map(({ value }) => hex(value)),
    ...(isTernary ? [`${priority}`] : []),
  ].join(' ');
}
