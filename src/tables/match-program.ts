import { showEvents } from '../base/event-set-notation.js';
import { members } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import { eventfulBlocks } from '../events/eventful-blocks.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { showLocation } from '../netkat/topology.js';
import { describeTables } from './describe.js';
import type { Tables } from './tables.js';

/**
 * The reasons why tables cannot be those of a program, one a line: they speak of other switches, hosts, links, fields,
 * events or event-sets. Tables without such a reason may still do something other than the program; that is for `check`
 * to find out.
 */
export function mismatches(
  tables: Tables,
  program: Program,
  system: TransitionSystem,
  structure: EventStructure,
): string[] {
  const wanted = describeTables(program, system, structure);
  const ports = portsOf(program);
  const blocks = eventfulBlocks(structure);
  return [
    ...compare(
      'switch',
      'switches',
      tables.switches.map(({ id }) => `${id}`),
      program.topology.switches.map(String),
    ),
    ...compare('host', 'hosts', tables.hosts.map(showHost), wanted.hosts.map(showHost)),
    ...compare('link', 'links', tables.links.map(showLink), wanted.links.map(showLink)),
    ...compare('field', 'fields', tables.fields.map(showField), wanted.fields.map(showField)),
    ...compare('event', 'events', tables.events.map(showEvent), wanted.events.map(showEvent)),
    ...compare(
      'block of events',
      'blocks',
      tables.blocks.map(({ events }) => showEvents(events)),
      blocks.map(({ events }) => showEvents(members(events))),
    ),
    ...compare(
      'event-set',
      'blocks',
      tables.blocks.flatMap(({ eventSets }) => eventSets.map(({ events }) => showEvents(events))),
      blocks.flatMap(({ eventSets }) => eventSets.map((set) => showEvents(members(set)))),
    ),
    ...tables.switches.flatMap(({ id, forwarding, detection }) => {
      const mentioned = [...forwarding, ...detection].map(({ match }) => match.port);
      const outputs = forwarding.flatMap((rule) => rule.outputs.map(({ port }) => port));
      return [...new Set([...mentioned, ...outputs])]
        .map((port) => showLocation({ switch: id, port }))
        .filter((at) => !ports.has(at))
        .map((at) => `switches: port ${at} is no port of the program`);
    }),
  ];
}

type Host = Tables['hosts'][number];
const showHost = ({ name, at, ip, mac }: Host): string => `${name} @ ${at} (ip ${ip}, mac ${mac})`;
const showLink = ({ from, to }: Tables['links'][number]): string => `${from} -> ${to}`;
const showField = ({ name, domain }: Tables['fields'][number]): string => `${name} in {${domain.join(', ')}}`;
const showEvent = ({ id, formula, at, occurrence }: Tables['events'][number]): string =>
  `e${id} = ${formula} at ${at}, occurrence ${occurrence}`;

/** A problem for each text that is in only one of two lists; the order of the lists does not matter. */
function compare(what: string, key: string, theirs: readonly string[], ours: readonly string[]): string[] {
  return [
    ...theirs.filter((one) => !ours.includes(one)).map((one) => `${key}: the program has no ${what} ${one}`),
    ...ours
      .filter((one) => !theirs.includes(one))
      .map((one) => `${key}: the ${what} ${one} of the program is not there`),
  ];
}

/** Every port at which the program has a host or a link. */
const portsOf = ({ topology: { hosts, links } }: Program): Set<string> =>
  new Set([...hosts.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to])].map(showLocation));
