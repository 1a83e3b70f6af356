import type { DetectionRule, ForwardingRule, SwitchTables } from '../../tables/tables.js';
import type { Result } from '../result/result.js';
import { eventChip, setChip } from './details.js';
import { filterable } from './filterable.js';
import { type Content, h, type Markup } from './markup.js';
import { headersName } from './names.js';

type Tables = NonNullable<Result['tables']>;

/** The tables of every switch, with their guards (the tags that a rule is for), and a field that filters them. */
export function tables(all: Tables): Markup {
  const { widths, switches } = all;
  const rows = switches.flatMap((own) => entries(own, all));
  const hint = `A tag takes ${widths.tag} bits, a digest ${widths.digest}, the pc ${widths.pc}. Guards are the event-sets whose tags a rule matches.`;
  return filterable({
    id: 'tables',
    name: 'Tables of the switches',
    placeholder: 'switch 4, e0, ip_dst=H1 …',
    hint,
    columns: ['switch', 'table', 'priority', 'guard', 'match', 'does'],
    rows,
  });
}

function entries({ id, stamping, forwarding, detection }: SwitchTables, all: Tables): Markup[] {
  const sets = setsOf(all);
  const row = (table: string, priority: Content, guard: Content, match: Content, does: Content) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, `switch ${id}`),
      h('td', {}, table),
      h('td', { class: 'n' }, priority),
      h('td', {}, guard),
      h('td', {}, match),
      h('td', {}, does),
    );
  return [
    ...stamping.map(({ block, register, tag }) =>
      row('stamp', '', ['knows ', setChip(sets, register), ofBlock(all, block)], 'from a host', [
        'tag ',
        h('code', {}, bits(tag, all.blocks[block]!.width)),
      ]),
    ),
    ...detection.map((rule) =>
      row(
        'detect',
        rule.priority,
        conditions(rule, sets),
        place(rule.match.port, rule.match.headers),
        rule.detects ? eventChip(rule.event) : ['not ', eventChip(rule.event)],
      ),
    ),
    ...forwarding.map((rule) => row('forward', rule.priority, guard(rule, all), forwarded(rule), outputs(rule))),
  ];
}

const bits = (value: number, width: number): string => value.toString(2).padStart(Math.max(1, width), '0');

const place = (port: number, headers: ForwardingRule['match']['headers']): Content => [
  `port ${port}`,
  Object.keys(headers).length > 0 && [', ', h('code', {}, headersName(headers as Record<string, string | number>))],
];

const forwarded = ({ match }: ForwardingRule): Content => [
  place(match.port, match.headers),
  match.pc !== undefined && `, pc ${match.pc}`,
];

/** The event-sets that a forwarding rule serves: those whose tags it matches. */
function guard({ match: { tag } }: ForwardingRule, all: Tables): Content {
  if (!tag) return 'any';
  const sets = setsOf(all);
  return tag.map(({ block, value, mask }, i) => {
    const { eventSets, width } = all.blocks[block]!;
    const served = eventSets.filter((set) => (set.tag & mask) === value);
    const pattern = Array.from(bits(value, width), (bit, j) => (bits(mask, width)[j] === '1' ? bit : '*')).join('');
    const chips = served.map(({ events }, j) => [j > 0 && ' ', setChip(sets, events)]);
    return [i > 0 && ', ', h('code', {}, pattern), ' ', chips, ofBlock(all, block)];
  });
}

/** The event-sets of blocks, in the order of their colours. */
const setsOf = ({ blocks }: Tables): (readonly number[])[] =>
  blocks.flatMap(({ eventSets }) => eventSets.map(({ events }) => events));

/** Which block is meant, where there are several. */
const ofBlock = ({ blocks }: Tables, block: number): Content => blocks.length > 1 && ` of block ${block}`;

function conditions({ required, forbidden }: DetectionRule, sets: readonly (readonly number[])[]): Content {
  if (required.length + forbidden.length === 0) return 'always';
  return [
    required.length > 0 && ['knows ', setChip(sets, required)],
    required.length > 0 && forbidden.length > 0 && ', ',
    forbidden.length > 0 && ['none of ', setChip(sets, forbidden)],
  ];
}

function outputs({ outputs: sent }: ForwardingRule): Content {
  if (sent.length === 0) return 'drop';
  return sent.map(({ port, set, pc }, i) => [
    i > 0 && '; ',
    `out of port ${port}`,
    Object.keys(set).length > 0 && [
      ', ',
      h(
        'code',
        {},
        Object.entries(set)
          .map(([name, value]) => `${name}←${value}`)
          .join(', '),
      ),
    ],
    pc !== undefined && `, pc ${pc}`,
  ]);
}
