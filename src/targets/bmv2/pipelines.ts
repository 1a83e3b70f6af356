import type { Deployment, SwitchDeployment } from '../deployment.js';
import { bitsOf, controllerPort } from '../layout.js';
import { type KeyPart, type PlannedEntry, type PlannedTable, planTables, stampingTables } from '../tables-plan.js';
import {
  type Bmv2Expression,
  binary,
  type Conditional,
  constant,
  field,
  hex,
  isValid,
  type MatchKey,
  type Pipeline,
  type Table,
  type TableEntry,
} from './format.js';

/**
 * Where a pipeline goes on after a table: at a node for each action that may have run, or at one node for all; null is
 * the end.
 */
type Next = string | null | Readonly<Record<string, string | null>>;

/** The ingress and the egress of one switch, with its entries. `actionId` gives the number of an action. */
export function bmv2Pipelines(
  deployment: Deployment,
  here: SwitchDeployment,
  actionId: (name: string) => number,
): readonly Pipeline[] {
  const plans = new Map(planTables(deployment).map((plan) => [plan.name, plan]));
  let tables = 0;
  let conditionals = 0;
  const table = (name: string, next: Next): Table => {
    const plan = plans.get(name)!;
    return {
      name,
      id: tables++,
      match_type: plan.key.some(({ match }) => match === 'ternary') ? 'ternary' : 'exact',
      type: 'simple',
      max_size: 1024,
      with_counters: false,
      support_timeout: false,
      direct_meters: null,
      key: plan.key.map(matchKey),
      action_ids: plan.actions.map(actionId),
      actions: plan.actions,
      next_tables: Object.fromEntries(
        plan.actions.map((action) => [action, next === null || typeof next === 'string' ? next : next[action]!]),
      ),
      default_entry: {
        action_id: actionId(plan.otherwise),
        action_const: true,
        action_data: [],
        action_entry_const: true,
      },
      entries: plan
        .entries(here)
        .map((entry, i) => tableEntry(plan, entry, i + 1, { actionId, tagBytes: deployment.tagBytes })),
    };
  };
  const condition = (name: string, expression: Bmv2Expression, yes: string | null, no: string | null): Conditional => ({
    name,
    id: conditionals++,
    expression,
    true_next: yes,
    false_next: no,
  });
  const { mode, events } = deployment;
  const detections = mode === 'tagged' ? Array.from({ length: events }, (_, e) => `detect_${e}`) : [];
  // The tables through which a packet with a shim goes, in this order.
  const chain = mode === 'tagged' ? ['hear', ...detections, 'remember', 'forward'] : ['forward'];
  const stamps = stampingTables(deployment).map(({ name }) => name);
  const shimmed = mode === 'best-effort' ? 'version' : chain[0]!;
  const ingress: Pipeline = {
    name: 'ingress',
    id: 0,
    init_table: 'begin',
    action_profiles: [],
    tables: [
      table('begin', 'is_control'),
      table('obey', {
        answer: null,
        learn: null,
        replace: null,
        stamp_only: mode === 'best-effort' ? 'is_stamped_only' : stamps[0]!,
        process: 'has_shim',
        refuse: null,
      }),
      table('arrival', { from_host: 'is_forged', from_link: 'has_shim', refuse: null }),
      ...(mode === 'best-effort'
        ? [table('version', { stamp: 'forward', refuse: null })]
        : [
            ...stamps.map((name, i) => table(name, stampedTo(stamps[i + 1] ?? 'is_stamped_only'))),
            table('take_tag', shimmed),
          ]),
      table('insert_shim_behind_command', null),
      table('insert_shim', shimmed),
      ...chain.slice(0, -1).map((name, i) => table(name, chain[i + 1]!)),
      table('forward', null),
      table('refuse', null),
    ],
    conditionals: [
      condition('is_control', isValid('command'), 'is_controller', 'has_ipv4'),
      condition(
        'is_controller',
        binary('==', field('standard_metadata', 'ingress_port'), constant(controllerPort, 9)),
        'obey',
        'refuse',
      ),
      condition('has_ipv4', isValid('ipv4'), 'has_options', 'arrival'),
      condition('has_options', hasOptions, 'refuse', 'arrival'),
      condition('is_forged', isValid('shim'), 'refuse', mode === 'best-effort' ? 'insert_shim' : stamps[0]!),
      condition('has_shim', isValid('shim'), mode === 'best-effort' ? 'version' : 'take_tag', 'refuse'),
      condition('is_stamped_only', isValid('command'), 'insert_shim_behind_command', 'insert_shim'),
    ],
  };
  return [ingress, egressOf(table('rewrite', null), condition('is_answer', isValid('command'), null, 'rewrite'))];
}

/** What is done with a copy that leaves: it is rewritten, unless it is an answer to the controller. */
const egressOf = (rewrite: Table, isAnswer: Conditional): Pipeline => ({
  name: 'egress',
  id: 1,
  init_table: isAnswer.name,
  action_profiles: [],
  tables: [rewrite],
  conditionals: [isAnswer],
});

/** That IPv4 has options. */
const hasOptions = binary('!=', field('ipv4', 'ihl'), constant(5, 8));

/** Where a table goes on that makes a part of the tag. */
const stampedTo = (next: string): Next => ({ stamp: next, copy_tag: next, refuse: null });

const matchKey = ({ target, match }: KeyPart): MatchKey => ({
  match_type: match,
  name: target.join('.'),
  target,
  mask: null,
});

function tableEntry(
  plan: PlannedTable,
  { key, action, parameters }: PlannedEntry,
  priority: number,
  { actionId, tagBytes }: Pick<Deployment, 'tagBytes'> & { readonly actionId: (name: string) => number },
): TableEntry {
  return {
    match_key: plan.key.map(({ target, match }, i) => {
      const bits = target.join('.') === 'meta.tag' ? 8 * tagBytes : keyBits(target);
      const { value, mask } = key[i]!;
      return match === 'exact'
        ? { match_type: match, key: hex(value, bits) }
        : { match_type: match, key: hex(value, bits), mask: hex(mask, bits) };
    }),
    action_entry: { action_id: actionId(action), action_data: parameters.map(({ value, bits }) => hex(value, bits)) },
    priority,
  };
}

const standardBits: Readonly<Record<string, number>> = { egress_rid: 16, ingress_port: 9 };

/** The width, in bits, of a part of a key; the validity of a header is one bit. */
const keyBits = ([header, name]: KeyPart['target']): number =>
  name === '$valid$' ? 1 : header === 'standard_metadata' ? standardBits[name]! : bitsOf(header, name);
