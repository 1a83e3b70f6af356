import { showEvents } from '../../base/event-set-notation.js';
import type { FieldName } from '../../netkat/fields.js';
import type { ForwardingRule, SwitchTables, Tables } from '../../tables/tables.js';
import { countSets, eventSetsOf, isForTag, tagOf } from '../../tables/tags.js';
import type { Generated, GeneratedFile } from '../generated-file.js';
import { matchTerms, readOnlyFields, setActions, shapeOfMatch, withFields } from './fields.js';

/**
 * The configuration of each event-set (paper §2, `g`) as OpenFlow entries, in the syntax of `ovs-ofctl -O OpenFlow13`:
 * what a network without events in its data plane would run between two updates. A folder for each event-set, a file
 * for each switch. Ports keep their numbers.
 *
 * If packets need a `pc` (spec 1.4; for most programs they do not), it crosses links as the VLAN `pc` + 1 of an outer
 * 802.1ad tag. Table 0 moves it to register 0 and takes the tag off, so that table 1 sees the packet as the program
 * does, including an 802.1Q tag of its own. This VLAN is the only field that OVS can match and set on any packet and
 * that no program can name. OVS must be told to look past the tag: `ovs-vsctl set Open_vSwitch .
 * other_config:vlan-limit=2`.
 *
 * Entries never name `other`: a packet has it if no entry names its value, or if it has no such field. A rule that sets
 * a field is for packets that have the field; packets that do not are dropped.
 */
export function openflow(tables: Tables): Generated {
  const why = impossibilities(tables);
  if (why.length > 0) return { kind: 'impossible', why };
  const sets = eventSetsOf(tables.blocks);
  const files = sets.flatMap((events, set) => tables.switches.map((s) => flowFile(tables, { set, events }, s)));
  return { kind: 'files', files };
}

/** The path of the file with the entries of a switch for the event-set with this index. */
export const flowPath = (set: number, switchId: number): string => `openflow/set-${set}/s${switchId}.flows`;

/** OpenFlow's highest priority. Each rule has at most two entries, each with a priority of its own. */
const maxPriority = 0xffff;

/** No more event-sets than this have a folder. */
const maxFolders = 1_000;

/** The reasons why OpenFlow cannot do what tables ask for. */
function impossibilities(tables: Tables): string[] {
  const rules = tables.switches.flatMap(({ id, forwarding }) => forwarding.map((rule) => ({ id, rule })));
  const ports = [...tables.hosts.map(({ at }) => at), ...tables.links.flatMap(({ from, to }) => [from, to])];
  const zero = ports.find((at) => at.endsWith(':0'));
  const set = rules.flatMap(({ rule }) => rule.outputs.flatMap((output) => Object.keys(output.set) as FieldName[]));
  const readOnly = readOnlyFields.filter((field) => set.includes(field));
  const tooMany = rules.find(({ rule }) => 2 * rule.priority > maxPriority);
  return [
    ...(countSets(tables.blocks) > maxFolders
      ? [`there is a folder of entries for each event-set, of which there are more than ${maxFolders}`]
      : []),
    ...(zero === undefined ? [] : [`OpenFlow has no port 0, which ${zero} is`]),
    ...readOnly.map((field) => `OpenFlow does not set ${field}`),
    ...(tooMany ? [`switch ${tooMany.id} has more rules than OpenFlow has priorities`] : []),
  ];
}

function flowFile(
  tables: Tables,
  { set, events }: { readonly set: number; readonly events: readonly number[] },
  { id, forwarding }: SwitchTables,
): GeneratedFile {
  const tag = tagOf(tables.blocks, events)!;
  const hasPc = tables.widths.pc > 0;
  const rules = forwarding.filter((rule) => isForTag(rule, tag));
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

/**
 * Whether a rule takes every packet for which another rule, of lower priority, is meant. Rules that several event-sets
 * share may shadow each other under one tag.
 */
const shadows = (higher: ForwardingRule, { priority, match }: ForwardingRule): boolean =>
  higher.priority > priority &&
  higher.match.port === match.port &&
  (higher.match.pc === undefined || higher.match.pc === match.pc) &&
  Object.entries(higher.match.headers).every(([field, value]) => match.headers[field as FieldName] === value);

const portOf = (location: string): number => Number(location.slice(location.indexOf(':') + 1));
const isAt = (id: number) => (location: string) => location.startsWith(`${id}:`);

/** The entries of table 0, if there is a `pc`: it is 0 for packets from hosts; else the tag of the link says it. */
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

/** The VLAN that stands for a `pc` on links; it is never 0, since VLAN 0 means no VLAN. */
const linkVlan = (pc: number): number => pc + 1;

/**
 * The entries of a rule: the rule itself and, if it sets fields that a packet may lack, an entry that drops the packets
 * that lack them.
 */
function entries(tables: Tables, { priority, match, outputs }: ForwardingRule): string[] {
  const shape = shapeOfMatch(match.headers);
  // No packet matches the rule: it may ask, for example, for a TCP and a UDP port.
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

/**
 * The actions that send the outputs. Each output is a copy of the packet as it came in, so one that changes the packet
 * before another is sent works on a clone.
 */
function actionsOf(tables: Tables, from: number, outputs: ForwardingRule['outputs']): string {
  const copies = outputs.map(({ port, set, pc }) => {
    const changes = [
      ...setActions(tables, set),
      ...(pc === undefined ? [] : ['push_vlan:0x88a8', `set_field:${0x1000 + linkVlan(pc)}->vlan_vid`]),
    ];
    // OpenFlow sends a packet back by the port by which it came in only if the action is `in_port`.
    const send = port === from ? 'in_port' : `output:${port}`;
    return { changes, send };
  });
  const actions = copies.map(({ changes, send }, i) => {
    const text = [...changes, send].join(',');
    return changes.length > 0 && i < copies.length - 1 ? `clone(${text})` : text;
  });
  return actions.join(',') || 'drop';
}
