import { LimitReached } from '../base/limits.js';
import type { Semantics } from '../execution/execution.js';
import { type Framing, framing } from '../frames/framing.js';
import type { Tables } from '../tables/tables.js';
import { bmv2Program, multicastGroups } from '../targets/bmv2/bmv2.js';
import { type Deployment, deploy, type Mode } from '../targets/deployment.js';
import type { SwitchSetup } from './drivers/driver.js';

/** A program as switches run it under one variant of the rules: tables, and what each switch is started with. */
export interface Deployed {
  readonly semantics: Semantics;
  readonly tables: Tables;
  readonly framing: Framing;
  readonly deployment: Deployment;
  readonly setups: readonly SwitchSetup[];
}

/** How switches are made to run a variant: the pipeline that is loaded, and what is changed in the tables first. */
interface Manner {
  readonly mode: Mode;
  readonly adapt: (tables: Tables) => Tables;
}

const asTheyAre = (tables: Tables): Tables => tables;

/** `figure6` detects whatever is enabled, consistent or not (spec 3.1). */
const figure6Tables = (tables: Tables): Tables => ({
  ...tables,
  switches: tables.switches.map((here) => ({
    ...here,
    detection: here.detection.map((rule) => ({ ...rule, forbidden: [] })),
  })),
});

const manners: Readonly<Record<Semantics, Manner>> = {
  tagged: { mode: 'tagged', adapt: asTheyAre },
  figure6: { mode: 'tagged', adapt: figure6Tables },
  'two-phase': { mode: 'two-phase', adapt: asTheyAre },
  'best-effort': { mode: 'best-effort', adapt: asTheyAre },
};

/**
 * @param tables in `best-effort` those of `mixedTables`, otherwise the compiled ones
 * @throws LimitReached if they need what BMv2 cannot do
 */
export function deployed(tables: Tables, semantics: Semantics): Deployed {
  const { mode, adapt } = manners[semantics];
  const used = adapt(tables);
  const deployment = deploy(used, mode);
  const framed = framing(used.fields, used.hosts);
  if ('noFrame' in framed) throw new LimitReached(framed.noFrame);
  const setups = deployment.switches.map((here) => ({
    id: here.id,
    program: bmv2Program(deployment, here),
    groups: multicastGroups(here),
    ports: [...new Set([...here.hostPorts, ...here.linkPorts])],
  }));
  return { semantics, tables: used, framing: framed, deployment, setups };
}
