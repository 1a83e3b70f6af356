import { showEvents } from '../../base/event-set-notation.js';
import type { FieldName } from '../../netkat/fields.js';
import type { ForwardingRule, SwitchTables, Tables } from '../../tables/tables.js';
import type { Generated, GeneratedFile } from '../generated-file.js';
import { matchTerms, readOnlyFields, setActions, shapeOfMatch, withFields } from './fields.js';

/**
 * The configuration of each event-set (paper §2, `g`) as OpenFlow entries, in the syntax of `ovs-ofctl -O OpenFlow13`: what
 * a network without events in its data plane would run between two updates. A folder for each event-set, a file for each
 * switch. Ports keep their numbers.
 *
 * Where packets need a `pc` (spec 1.4; most programs do not), it crosses links as the VLAN of an outer 802.1ad tag, `pc` + 1.
 * Table 0 takes it off into register 0, so that table 1 sees the packet as the program does, its own 802.1Q tag included. Of all
 * fields this is the one that OVS can match and set on any packet, and that no program can name. OVS must be told to look
 * past it: `ovs-vsctl set Open_vSwitch . other_config:vlan-limit=2`.
 *
 * A value `other` is never named: it is whatever no entry names, or that a packet has no such field. A rule that sets a
 * field is for packets that have it; those that do not are dropped.
 */
export function openflow(tables: Tables): Generated {
  const why = impossibilities(tables);
  if (why.length > 0) return { kind: 'impossible', why };
  const files = tables.eventSets.flatMap((_, set) => tables.switches.map((s) => flowFile(tables, set, s)));
  return { kind: 'files', files };
}

/** Where the entries of a switch for the event-set with this index are. */
export const flowPath = (set: number, switchId: number): string => `openflow/set-${set}/s${switchId}.flows`;

/** OpenFlow's highest priority. Each rule has two entries at most. */
const maxPriority = 0xffff;

/** What tables ask that OpenFlow has not. */
function impossibilities(tables: Tables): string[] {
  const rules = tables.switches.flatMap(({ id, forwarding }) => forwarding.map((rule) => ({ id, rule })));
  const ports = [...tables.hosts.map(({ at }) => at), ...tables.links.flatMap(({ from, to }) => [from, to])];
  const zero = ports.find((at) => at.endsWith(':0'));
  const set = rules.flatMap(({ rule }) => rule.outputs.flatMap((output) => Object.keys(output.set) as FieldName[]));
  const readOnly = readOnlyFields.filter((field) => set.includes(field));
  const tooMany = rules.find(({ rule }) => 2 * rule.priority > maxPriority);
  return [
    ...(zero === undefined ? [] : [`OpenFlow has no port 0, which ${zero} is`]),
    ...readOnly.map((field) => `OpenFlow does not set ${field}`),
    ...(tooMany ? [`switch ${tooMany.id} has more rules than OpenFlow has priorities`] : []),
  ];
}

function flowFile(tables: Tables, set: number, { id, forwarding }: SwitchTables): GeneratedFile {
  const { events, tag } = tables.eventSets[set]!;
  const hasPc = tables.widths.pc > 0;
  const rules = forwarding.filter(({ match }) => match.tag === undefined || (tag & match.tag.mask) === match.tag.value);
  const names = events.map((e) => {
    const { formula, at } = tables.events[e]!;
    return `#   e${e}: ${formula} at ${at}`;
  });
  const lines = [
    `# Switch ${id} of ${JSON.stringify(tables.program.file)} after the events ${showEvents(events)}.`,
    ...names,
    `# ovs-ofctl -O OpenFlow13 replace-flows s${id} ${flowPath(set, id)}`,
    ...(hasPc ? ['# needs: ovs-vsctl set Open_vSwitch . other_config:vlan-limit=2', ...readPc(tables, id)] : []),
    ...rules.filter((rule) => !rules.some((other) => shadows(other, rule))).flatMap((rule) => entries(tables, rule)),
  ];
  return { path: flowPath(set, id), text: `${lines.join('\n')}\n` };
}

/** Whether a rule takes every packet that another, of lower priority, is for. Under one tag rules shared by others may be so. */
const shadows = (higher: ForwardingRule, { priority, match }: ForwardingRule): boolean =>
  higher.priority > priority &&
  higher.match.port === match.port &&
  (higher.match.pc === undefined || higher.match.pc === match.pc) &&
  Object.entries(higher.match.headers).every(([field, value]) => match.headers[field as FieldName] === value);

const portOf = (location: string): number => Number(location.slice(location.indexOf(':') + 1));
const isAt = (id: number) => (location: string) => location.startsWith(`${id}:`);

/** Table 0, where there is a `pc`: 0 for packets from hosts, else what the link's tag says. */
function readPc({ hosts, links }: Tables, id: number): string[] {
  const here = isAt(id);
  const fromHosts = hosts.filter(({ at }) => here(at)).map(({ at }) => portOf(at));
  const fromLinks = links.filter(({ to }) => here(to)).map(({ to }) => portOf(to));
  return [
    ...fromHosts.map(
      (port) => `table=0,priority=1,in_port=${port},actions=set_field:${linkVlan(0)}->reg0,resubmit(,1)`,
    ),
    ...fromLinks.map(
      (port) =>
        `table=0,priority=1,in_port=${port},vlan_tci=0x1000/0x1000,actions=move:NXM_OF_VLAN_TCI[0..11]->NXM_NX_REG0[0..11],pop_vlan,resubmit(,1)`,
    ),
  ];
}

/** The VLAN that stands for a `pc` on links; VLAN 0 would be none. */
const linkVlan = (pc: number): number => pc + 1;

/** The entries of a rule: itself, and where it sets fields that a packet may lack, one that drops such packets. */
function entries(tables: Tables, { priority, match, outputs }: ForwardingRule): string[] {
  const shape = shapeOfMatch(match.headers);
  // No packet matches, such as one with a TCP and a UDP port.
  if (!shape) return [];
  const hasPc = tables.widths.pc > 0;
  const entry = (level: number, terms: readonly string[], actions: string) =>
    [
      ...(hasPc ? ['table=1'] : []),
      `priority=${level}`,
      `in_port=${match.port}`,
      ...(match.pc === undefined ? [] : [`reg0=${linkVlan(match.pc)}`]),
      ...terms,
      `actions=${actions}`,
    ].join(',');

  const set = outputs.flatMap((output) => Object.keys(output.set) as FieldName[]);
  const needed = withFields(shape, set);
  const isNarrower = !needed || needed.eth_type !== shape.eth_type || needed.ip_proto !== shape.ip_proto;
  return [
    ...(needed
      ? [entry(2 * priority, matchTerms(tables, match.headers, needed), actionsOf(tables, match.port, outputs))]
      : []),
    ...(isNarrower ? [entry(2 * priority - 1, matchTerms(tables, match.headers, shape), 'drop')] : []),
  ];
}

/** Each output is a copy of the packet as it came in: a clone, where an earlier one would leave its changes behind. */
function actionsOf(tables: Tables, from: number, outputs: ForwardingRule['outputs']): string {
  const copies = outputs.map(({ port, set, pc }) => {
    const changes = [
      ...setActions(tables, set),
      ...(pc === undefined ? [] : ['push_vlan:0x88a8', `set_field:${0x1000 + linkVlan(pc)}->vlan_vid`]),
    ];
    // OpenFlow sends nothing back by the port that it came from, unless told so.
    const send = port === from ? 'in_port' : `output:${port}`;
    return { changes, send };
  });
  const actions = copies.map(({ changes, send }, i) => {
    const text = [...changes, send].join(',');
    return changes.length > 0 && i < copies.length - 1 ? `clone(${text})` : text;
  });
  return actions.join(',') || 'drop';
}
