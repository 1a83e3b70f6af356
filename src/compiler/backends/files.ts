import type { Tables } from '../tables.js';
import { bmv2Program, multicastGroups } from './bmv2.js';
import { deploy, type Mode } from './deployment.js';
import { p4Source } from './p4.js';
import { p4Entries } from './p4-entries.js';

/** A file of a compiled program: its path below the output folder, and its text. */
export interface BackendFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What BMv2 switches run: `p4/program.p4` with `p4/switch-N.cli` for each switch; and `bmv2/switch-N.json`, which simple_switch loads as it is,
 * with `bmv2/groups.json`, the multicast groups of each switch, which it must be told at run time.
 * @throws LimitReached if the tables need what BMv2 cannot do
 */
export function bmv2Files(tables: Tables, mode: Mode): readonly BackendFile[] {
  const deployment = deploy(tables, mode);
  const json = (document: unknown): string => `${JSON.stringify(document, null, 1)}\n`;
  const groups = Object.fromEntries(deployment.switches.map((here) => [here.id, multicastGroups(here)]));
  return [
    { path: 'p4/program.p4', text: p4Source(deployment) },
    ...deployment.switches.flatMap((here) => [
      { path: `p4/switch-${here.id}.cli`, text: p4Entries(deployment, here) },
      { path: `bmv2/switch-${here.id}.json`, text: json(bmv2Program(deployment, here)) },
    ]),
    { path: 'bmv2/groups.json', text: json(groups) },
  ];
}
