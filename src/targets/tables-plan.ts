import type { FieldName } from '../netkat/fields.js';
import type { Deployment, FieldNumber, SwitchDeployment } from './deployment.js';
import { bitsOf, controlOperations, fieldPlaces } from './layout.js';
import { rewriteActions, rewriteOf } from './rewrites.js';

/** One part of a table's key: a field, or `$valid$` for whether a header is there. */
export interface KeyPart {
  readonly target: readonly [header: string, field: string];
  readonly match: 'exact' | 'ternary';
}

/** The value that a part of a key must have in the bits where `mask` has ones. */
export interface KeyValue {
  readonly value: number | bigint;
  readonly mask: number | bigint;
}

export interface PlannedEntry {
  readonly key: readonly KeyValue[];
  readonly action: string;
  readonly parameters: readonly { readonly value: number | bigint; readonly bits: number }[];
}

/** A table of the data plane, and the entries that a switch has in it, those of higher priority first. */
export interface PlannedTable {
  readonly name: string;
  readonly key: readonly KeyPart[];
  readonly actions: readonly string[];
  /** The action that runs if no entry matches. */
  readonly otherwise: string;
  readonly entries: (here: SwitchDeployment) => readonly PlannedEntry[];
}

const exact = (header: string, field: string): KeyPart => ({ target: [header, field], match: 'exact' });
const ternary = (header: string, field: string): KeyPart => ({ target: [header, field], match: 'ternary' });
const is = (value: number | bigint, bits: number): KeyValue => ({ value, mask: 2n ** BigInt(bits) - 1n });
const any: KeyValue = { value: 0, mask: 0 };

/**
 * A table without a key and without entries, which always runs one action; BMv2 needs it to run an action by itself.
 */
const always = (name: string): PlannedTable => ({ name, key: [], actions: [name], otherwise: name, entries: () => [] });

/** Every table of a program: the same for all switches, and for P4 and BMv2 JSON. */
export function planTables(deployment: Deployment): readonly PlannedTable[] {
  const { mode, fields } = deployment;
  const common = [
    always('begin'),
    obeyTable,
    arrivalTable,
    always('insert_shim_behind_command'),
    always('insert_shim'),
    forwardTable(fields),
    always('refuse'),
    rewriteTable(deployment),
  ];
  if (mode === 'best-effort') return [...common, stampingTable('version', deployment, 0)];
  const stamping = stampingTables(deployment);
  const tagging = [...common, ...stamping, always('take_tag')];
  if (mode === 'two-phase') return tagging;
  const detections = Array.from({ length: deployment.events }, (_, event) => detectTable(event, fields));
  return [...tagging, always('hear'), ...detections, always('remember')];
}

const obeyTable: PlannedTable = {
  name: 'obey',
  key: [exact('command', 'operation')],
  actions: ['answer', 'learn', 'replace', 'stamp_only', 'process', 'refuse'],
  otherwise: 'refuse',
  entries: () =>
    Object.entries(controlOperations).map(([name, code]) => ({
      key: [is(code, 8)],
      action: name === 'stamp' ? 'stamp_only' : name,
      parameters: [],
    })),
};

const arrivalTable: PlannedTable = {
  name: 'arrival',
  key: [exact('meta', 'port')],
  actions: ['from_host', 'from_link', 'refuse'],
  otherwise: 'refuse',
  entries: ({ hostPorts, linkPorts }) => [
    ...hostPorts.map((port) => ({ key: [is(port, 9)], action: 'from_host', parameters: [] })),
    ...linkPorts.map((port) => ({ key: [is(port, 9)], action: 'from_link', parameters: [] })),
  ],
};

/**
 * IN: how tags are made. First the bits that are copied; then, block by block, the field of each event-set that a
 * switch can have. If there is one block only, and it copies nothing, its table looks at the whole register.
 */
export function stampingTables(deployment: Deployment): readonly PlannedTable[] {
  const { blocks } = deployment;
  if (blocks.length === 1 && !blocks[0]!.copies) return [stampingTable('stamping', deployment, 0)];
  const looked = [...blocks.keys()].filter((block) => !blocks[block]!.copies);
  return [always('copy_tag'), ...looked.map((block) => stampingTable(`stamping_${block}`, deployment, block))];
}

/** The field of a block for each event-set of the block: in a table of its own if there are others. */
function stampingTable(name: string, { blocks, tagBytes }: Deployment, block: number): PlannedTable {
  const { events } = blocks[block]!;
  const isAlone = blocks.length === 1;
  return {
    name,
    key: [isAlone ? exact('meta', 'event_set') : ternary('meta', 'event_set')],
    actions: ['stamp', 'refuse'],
    otherwise: 'refuse',
    entries: ({ stamping }) =>
      stamping
        .filter((entry) => entry.block === block)
        .map(({ register, tag }) => ({
          key: [isAlone ? is(register, 64) : { value: register, mask: events }],
          action: 'stamp',
          parameters: [{ value: tag, bits: 8 * tagBytes }],
        })),
  };
}

/** The parts of a key for header fields: which headers are there, and their values. */
function headerKey(fields: readonly FieldName[]): {
  readonly parts: readonly KeyPart[];
  readonly values: (headers: readonly FieldNumber[]) => readonly KeyValue[];
} {
  const headers = [...new Set(fields.map((name) => fieldPlaces[name][0]))].filter(
    (header) => header !== 'meta' && header !== 'ethernet',
  );
  return {
    parts: [
      ...headers.map((header) => ternary(header, '$valid$')),
      ...fields.map((name) => ternary(...fieldPlaces[name])),
    ],
    values: (wanted) => [
      ...headers.map((header) => (wanted.some(({ name }) => fieldPlaces[name][0] === header) ? is(1, 1) : any)),
      ...fields.map((name) => {
        const found = wanted.find((w) => w.name === name);
        return found ? is(found.number, bitsOf(...fieldPlaces[name])) : any;
      }),
    ],
  };
}

function detectTable(event: number, fields: readonly FieldName[]): PlannedTable {
  const header = headerKey(fields);
  return {
    name: `detect_${event}`,
    key: [exact('meta', 'port'), ternary('meta', 'heard'), ternary('meta', 'known'), ...header.parts],
    actions: ['detect', 'pass'],
    otherwise: 'pass',
    entries: ({ detection }) =>
      withoutRepetition(
        detection[event]!.map(({ port, headers, required, forbidden, detects }) => ({
          key: [
            is(port, 9),
            { value: required, mask: required },
            { value: 0, mask: forbidden },
            ...header.values(headers),
          ],
          action: detects ? 'detect' : 'pass',
          parameters: detects ? [{ value: 1n << BigInt(event), bits: 64 }] : [],
        })),
      ),
  };
}

function forwardTable(fields: readonly FieldName[]): PlannedTable {
  const header = headerKey(fields);
  return {
    name: 'forward',
    key: [exact('meta', 'port'), ternary('meta', 'tag'), ternary('shim', 'pc'), ...header.parts],
    actions: ['send', 'send_copies', 'refuse'],
    otherwise: 'refuse',
    entries: ({ forwarding }) =>
      withoutRepetition(
        forwarding.map(({ rule, port, tag, pc, headers, copies, group }) => {
          const key = [is(port, 9), tag ?? any, pc === undefined ? any : is(pc, 8), ...header.values(headers)];
          const [first] = copies;
          if (!first) return { key, action: 'refuse', parameters: [] };
          const number = { value: rule, bits: 16 };
          return group === undefined
            ? { key, action: 'send', parameters: [number, { value: first.port, bits: 9 }] }
            : { key, action: 'send_copies', parameters: [number, { value: group, bits: 16 }] };
        }),
      ),
  };
}

/**
 * The rewriting of each copy of each rule. Copies are told apart by the number that replication gives them, which is 0
 * for a single copy.
 */
const rewriteTable = (deployment: Deployment): PlannedTable => ({
  name: 'rewrite',
  key: [exact('meta', 'rule'), exact('standard_metadata', 'egress_rid')],
  actions: [...rewriteActions(deployment).map(({ name }) => name), 'refuse'],
  otherwise: 'refuse',
  entries: ({ forwarding }) =>
    forwarding.flatMap(({ rule, copies }) =>
      copies.map((copy, replica) => {
        const { action, parameters } = rewriteOf(copy);
        const bits = [
          ...(action.kind === 'to_link' ? [8] : []),
          ...action.sets.map((set) => bitsOf(...fieldPlaces[set])),
        ];
        return {
          key: [is(rule, 16), is(replica, 16)],
          action: action.name,
          parameters: parameters.map((value, i) => ({ value, bits: bits[i]! })),
        };
      }),
    ),
});

/**
 * Leaves out entries whose key an earlier entry has: they never match, and BMv2 does not accept two entries with one
 * key.
 */
function withoutRepetition(entries: readonly PlannedEntry[]): PlannedEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ key }) => {
    const text = key.map(({ value, mask }) => `${value}/${mask}`).join();
    return seen.has(text) ? false : seen.add(text);
  });
}
