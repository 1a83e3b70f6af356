import { etherTypes, ipProtocols } from '../../frames/protocol-numbers.js';
import { binary, constant, field, hex, wrapped } from './format.js';

interface Transition {
  readonly type: 'hexstr' | 'default';
  readonly value: string | null;
  readonly mask: string | null;
  readonly next_state: string | null;
}

const otherwise = (next: string | null): Transition => ({ type: 'default', value: null, mask: null, next_state: next });
const when = (value: string, next: string, mask: string | null = null): Transition => ({
  type: 'hexstr',
  value,
  mask,
  next_state: next,
});

const extract = (header: string) => ({ op: 'extract', parameters: [{ type: 'regular', value: header }] });

/** The transitions to the header that each EtherType announces; any other one ends the parsing. */
const followers = (types: Readonly<Record<string, number>>): Transition[] => [
  ...Object.entries(types).map(([name, type]) => when(hex(type, 16), `parse_${name}`)),
  otherwise(null),
];

const { control: command, shim, vlan, ipv4 } = etherTypes;

/**
 * The parser state of a header that says what follows it. The last such header gives the packet's EtherType
 * (`meta.eth_type`).
 */
const outer = (header: string, types: Readonly<Record<string, number>>) => ({
  name: header === 'ethernet' ? 'start' : `parse_${header}`,
  parser_ops: [extract(header), { op: 'set', parameters: [field('meta', 'eth_type'), field(header, 'type')] }],
  transition_key: [field(header, 'type')],
  transitions: followers(types),
});

/** The ports are read only if there are no IP options, and only from whole packets or first fragments. */
const ports = (protocol: number, next: string): Transition =>
  when(`0x050000 00${hex(protocol, 8).slice(2)}`.replace(' ', ''), next, '0xff011fffff');

const states = [
  outer('ethernet', { command, shim, vlan, ipv4 }),
  outer('command', { shim, vlan, ipv4 }),
  outer('shim', { vlan, ipv4 }),
  outer('vlan', { ipv4 }),
  {
    name: 'parse_ipv4',
    parser_ops: [
      extract('ipv4'),
      {
        op: 'set',
        parameters: [field('meta', 'segment_length'), wrapped(binary('-', field('ipv4', 'length'), constant(20, 16)))],
      },
    ],
    transition_key: [field('ipv4', 'ihl'), field('ipv4', 'flags'), field('ipv4', 'offset'), field('ipv4', 'protocol')],
    transitions: [ports(ipProtocols.tcp, 'parse_tcp'), ports(ipProtocols.udp, 'parse_udp'), otherwise(null)],
  },
  ...['tcp', 'udp'].map((name) => ({
    name: `parse_${name}`,
    parser_ops: [extract(name)],
    transition_key: [],
    transitions: [otherwise(null)],
  })),
];

/** The parser of every program. */
export const bmv2Parser = {
  name: 'parser',
  id: 0,
  init_state: 'start',
  parse_states: states.map((state, id) => ({ ...state, id })),
};
