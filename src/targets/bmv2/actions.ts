import { etherTypes } from '../../frames/protocol-numbers.js';
import type { FieldName } from '../../netkat/fields.js';
import type { Deployment } from '../deployment.js';
import { bitsOf, fieldPlaces, learningPlaces } from '../layout.js';
import { rewriteActions } from '../rewrites.js';
import {
  type Action,
  type Argument,
  assign,
  type Bmv2Expression,
  binary,
  constant,
  field,
  isValid,
  type Operand,
  type Primitive,
  wrapped,
} from './format.js';

/** An action without its number. */
export type ActionBody = Omit<Action, 'id'>;

const eventSetRegister: Argument = { type: 'register_array', value: 'event_set' };
const index = constant(0, 32);
const header = (name: string): Argument => ({ type: 'header', value: name });
const parameter = (i: number): Argument => ({ type: 'runtime_data', value: i });
const noData: Action['runtime_data'] = [];

const writeEventSet = (value: Argument): Primitive => ({
  op: 'register_write',
  parameters: [eventSetRegister, index, value],
});

/**
 * Puts the event-set into `command.value`, writes it to the register if `writes`, and sends the frame off as the
 * answer.
 */
const answer = (value: Argument, writes: boolean): Primitive[] => [
  assign('command', 'value', value),
  ...(writes ? [writeEventSet(field('command', 'value'))] : []),
  assign('standard_metadata', 'egress_spec', field('command', 'port')),
];

/** Every action of a program, whatever its mode. The P4 source has the same actions, by the same names. */
export function actionBodies(deployment: Deployment): readonly ActionBody[] {
  const simple = (name: string, ...primitives: readonly Primitive[]): ActionBody => ({
    name,
    runtime_data: noData,
    primitives,
  });
  const union = (a: string, b: string) => wrapped(binary('|', field('meta', a), field('shim', b)));
  const withEvent = (name: string) =>
    assign('meta', name, wrapped(binary('|', field('meta', name), { type: 'local', value: 0 })));
  const insertShim = (before: string): Primitive[] => [
    { op: 'add_header', parameters: [header('shim')] },
    assign('shim', 'tag', field('meta', 'tag')),
    assign('shim', 'pc', constant(0, 8)),
    assign('shim', 'digest', constant(0, 64)),
    assign('shim', 'type', field(before, 'type')),
    assign(before, 'type', constant(etherTypes.shim, 16)),
  ];
  return [
    simple('refuse', { op: 'mark_to_drop', parameters: [header('standard_metadata')] }),
    simple(
      'begin',
      { op: 'register_read', parameters: [field('meta', 'event_set'), eventSetRegister, index] },
      assign('meta', 'port', field('standard_metadata', 'ingress_port')),
    ),
    simple('from_host'),
    simple('from_link'),
    simple('answer', ...answer(field('meta', 'event_set'), false)),
    simple('learn', ...answer(wrapped(binary('|', field('meta', 'event_set'), field('command', 'value'))), true)),
    simple('replace', ...answer(field('command', 'value'), true)),
    simple('stamp_only', assign('standard_metadata', 'egress_spec', field('command', 'port'))),
    simple(
      'process',
      assign('meta', 'port', field('command', 'port')),
      assign('ethernet', 'type', field('command', 'type')),
      { op: 'remove_header', parameters: [header('command')] },
    ),
    stampAction(deployment),
    simple('copy_tag', assign('meta', 'tag', copiedTag(deployment))),
    simple('insert_shim', ...insertShim('ethernet')),
    simple('insert_shim_behind_command', ...insertShim('command')),
    simple('take_tag', assign('meta', 'tag', field('shim', 'tag'))),
    simple(
      'hear',
      assign('meta', 'heard', union('event_set', 'digest')),
      assign('meta', 'known', field('meta', 'heard')),
      assign('meta', 'detected', constant(0, 64)),
    ),
    {
      name: 'detect',
      runtime_data: [{ name: 'event', bitwidth: 64 }],
      primitives: [withEvent('known'), withEvent('detected')],
    },
    simple('pass'),
    simple(
      'remember',
      assign('meta', 'learned', learned(deployment)),
      assign('shim', 'digest', field('meta', 'learned')),
      writeEventSet(field('meta', 'learned')),
    ),
    {
      name: 'send',
      runtime_data: [
        { name: 'rule', bitwidth: 16 },
        { name: 'port', bitwidth: 9 },
      ],
      primitives: [assign('meta', 'rule', parameter(0)), assign('standard_metadata', 'egress_spec', parameter(1))],
    },
    {
      name: 'send_copies',
      runtime_data: [
        { name: 'rule', bitwidth: 16 },
        { name: 'group', bitwidth: 16 },
      ],
      primitives: [assign('meta', 'rule', parameter(0)), assign('standard_metadata', 'mcast_grp', parameter(1))],
    },
    ...rewriteActions(deployment).map(({ name, kind, sets }): ActionBody => {
      const isLink = kind === 'to_link';
      const first = isLink ? 1 : 0;
      return {
        name,
        runtime_data: [
          ...(isLink ? [{ name: 'pc', bitwidth: 8 }] : []),
          ...sets.map((set) => ({ name: set, bitwidth: bitsOf(...fieldPlaces[set]) })),
        ],
        primitives: [
          ...sets.flatMap((set, i) => rewrite(set, first + i)),
          ...(isLink
            ? [assign('shim', 'pc', parameter(0))]
            : [
                assign('ethernet', 'type', field('shim', 'type')),
                { op: 'remove_header', parameters: [header('shim')] },
              ]),
        ],
      };
    }),
  ];
}

/** Sets the tag, or, where there are several blocks, the field of one of them. */
const stampAction = ({ blocks, tagBytes }: Deployment): ActionBody => ({
  name: 'stamp',
  runtime_data: [{ name: 'tag', bitwidth: 8 * tagBytes }],
  primitives: [
    blocks.length === 1
      ? assign('meta', 'tag', parameter(0))
      : assign('meta', 'tag', wrapped(binary('|', field('meta', 'tag'), { type: 'local', value: 0 }))),
  ],
});

/** The bits of the tag that are copied from the register. */
function copiedTag({ copied }: Deployment): Argument {
  const parts = copied.map(({ mask, shift }): Bmv2Expression => {
    const bits = binary('&', field('meta', 'event_set'), constant(mask, 64));
    return shift === 0 ? bits : binary(shift > 0 ? '<<' : '>>', bits, constant(Math.abs(shift), 8));
  });
  const [first, ...rest] = parts;
  return first ? wrapped(rest.reduce((left, right) => binary('|', left, right), first)) : constant(0, 64);
}

/** The union of the sources that a switch learns from. */
const learned = ({ learning }: Deployment): Argument => {
  const [first, ...rest] = learning.map((source) => field(...learningPlaces[source]));
  if (!first) return constant(0, 64);
  const union = rest.reduce<Operand>((left, right) => binary('|', left, right), first);
  return union.type === 'expression' ? wrapped(union) : first;
};

/** Sets a header field to a parameter. */
function rewrite(name: FieldName, i: number): Primitive[] {
  if (name !== 'eth_type') return [assign(...fieldPlaces[name], parameter(i))];
  const value = { type: 'local', value: i } as const;
  // The EtherType that says what the packet is comes last: in the 802.1Q tag if there is one, else in the shim. To set
  // a field of an absent tag does nothing.
  const unlessTagged = {
    type: 'expression',
    value: { op: '?', left: field('shim', 'type'), right: value, cond: isValid('vlan') },
  } as const;
  return [assign('vlan', 'type', parameter(i)), assign('shim', 'type', wrapped(unlessTagged))];
}
