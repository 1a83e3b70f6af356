import { LimitReached } from '../../base/limits.js';
import type { Tables } from '../../tables/tables.js';
import { type Deployment, deploy } from '../deployment.js';
import type { Generated, GeneratedFile } from '../generated-file.js';
import { p4Entries } from '../p4/entries.js';
import { p4Source } from '../p4/p4.js';
import { bmv2Program, multicastGroups } from './bmv2.js';

/**
 * What BMv2 switches run, in two forms: `p4/program.p4` with `p4/switch-N.cli` for each switch; and
 * `bmv2/switch-N.json`, which simple_switch loads as it is, with `bmv2/groups.json`, the multicast groups that each
 * switch must be told at run time.
 */
export function bmv2(tables: Tables): Generated {
  try {
    return { kind: 'files', files: filesOf(deploy(tables, 'tagged')) };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { kind: 'impossible', why: [`the tables need ${error.message}`] };
  }
}

function filesOf(deployment: Deployment): GeneratedFile[] {
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
