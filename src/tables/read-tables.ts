import { assertArguments, textOption } from '../base/arguments.js';
import {
  type Decoder,
  flag,
  listOf,
  object,
  oneOf,
  optional,
  record,
  text,
  textOrInteger,
  whole,
} from '../base/decode.js';
import { type Field, fieldNames } from '../netkat/fields.js';
import {
  learningSources,
  type TableBlock,
  type Tables,
  type TagMatch,
  tableLimits,
  tablesFormat,
  tablesVersion,
} from './tables.js';
import { copiedField } from './tags.js';

/** The tables of a file, or what is wrong with the file, one problem a line. */
export type TablesReading =
  | { readonly ok: true; readonly tables: Tables }
  | { readonly ok: false; readonly problems: readonly string[] };

const failed = (...problems: string[]): TablesReading => ({ ok: false, problems });

/** No more problems than this are reported. */
const maxProblems = 20;

/**
 * Reads a `tables.json`, whoever wrote it. Strict: whatever is not understood is an error.
 * @example
 * ```ts
 * import { readTables } from 'snk-verify';
 *
 * const reading = readTables('{}');
 * console.log(reading.ok); // false
 * ```
 */
export function readTables(source: string): TablesReading {
  assertArguments('readTables', { source: [source, textOption] });
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    return failed(`this is not JSON: ${(error as Error).message}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return failed('this is no table file');
  const { format, version } = json as { format?: unknown; version?: unknown };
  if (format !== tablesFormat) return failed(`this is no table file: its \`format\` is not "${tablesFormat}"`);
  if (version !== tablesVersion)
    return failed(`its \`version\` is ${JSON.stringify(version)}; this tool reads version ${tablesVersion}`);

  // Widths, fields and events are read first, since the rest mentions them.
  const { widths: givenWidths, fields: givenFields, events: givenEvents } = json as Record<string, unknown>;
  const problems: string[] = [];
  const known = {
    widths: widths(givenWidths, 'widths', problems),
    fields: fields(givenFields, 'fields', problems),
    events: events(givenEvents, 'events', problems),
  };
  if (problems.length > 0) return failed(...problems.slice(0, maxProblems));
  const tables = document(known)(json, '', problems);
  if (problems.length === 0) for (const one of inconsistencies(tables)) problems.push(one);
  if (problems.length === 0) return { ok: true, tables };
  const more = problems.length - maxProblems;
  return failed(...problems.slice(0, maxProblems), ...(more > 0 ? [`and ${more} more`] : []));
}

const widths = object({
  tag: whole(tableLimits.tagBits, 'bits of a tag'),
  pc: whole(tableLimits.pcBits, 'bits of a pc'),
  digest: whole(tableLimits.digestBits, 'bits of a digest'),
});

const fields = listOf(object({ name: oneOf(fieldNames, 'a header field'), domain: listOf(textOrInteger) }));

const events = listOf(
  object({
    id: whole(tableLimits.digestBits - 1, 'bits of a digest'),
    formula: text,
    at: text,
    occurrence: whole(Number.MAX_SAFE_INTEGER, 'occurrences'),
  }),
);

const port = whole(tableLimits.port, 'the last port of a switch');

function document({ widths: bits, fields: declared, events: all }: Pick<Tables, 'widths' | 'fields' | 'events'>) {
  const field = whole(2 ** tableLimits.fieldBits - 1, `a field of ${tableLimits.fieldBits} bits`);
  const block = whole(Number.MAX_SAFE_INTEGER, 'blocks');
  const pc = whole(2 ** bits.pc - 1, `a pc of ${bits.pc} bits`);
  const event = oneOf(
    all.map(({ id }) => id),
    'an event',
  );
  const headers = record((name) => {
    const field = declared.find((f) => f.name === name);
    return field && exactValue(field);
  }, 'field of these tables');
  const count = whole(Number.MAX_SAFE_INTEGER, 'priorities');
  const forwarding = object({
    priority: count,
    match: object({
      port,
      tag: optional(listOf(object({ block, value: field, mask: field }))),
      pc: optional(pc),
      headers,
    }),
    outputs: listOf(object({ port, set: headers, pc: optional(pc) })),
  });
  const detection = object({
    event,
    priority: count,
    detects: flag,
    match: object({ port, headers }),
    required: listOf(event),
    forbidden: listOf(event),
  });
  return object({
    format: oneOf([tablesFormat], 'the format'),
    version: oneOf([tablesVersion], 'the version'),
    program: object({ file: text, sha256: text }),
    widths,
    fields,
    hosts: listOf(object({ name: text, at: text, ip: text, mac: text })),
    links: listOf(object({ from: text, to: text })),
    events,
    blocks: listOf(
      object({
        events: listOf(event),
        shift: whole(bits.tag, `a tag of ${bits.tag} bits`),
        width: whole(tableLimits.fieldBits, 'bits of a field'),
        copies: flag,
        eventSets: listOf(object({ events: listOf(event), tag: field })),
      }),
    ),
    switches: listOf(
      object({
        id: whole(Number.MAX_SAFE_INTEGER, 'switch numbers'),
        stamping: listOf(object({ block, register: listOf(event), tag: field })),
        forwarding: listOf(forwarding),
        detection: listOf(detection),
        learning: listOf(oneOf(learningSources, 'what can be learnt from')),
      }),
    ),
  }) as Decoder<Tables>;
}

/** A value that a switch can match or set. `other` is none, though packets may have it. */
const exactValue = ({ domain }: Pick<Field, 'domain'>) =>
  oneOf(
    domain.filter((value) => value !== 'other'),
    'a value of the field',
  );

/** The problems that show only when several parts of the tables are compared. */
function inconsistencies(tables: Tables): string[] {
  const { blocks, events, fields, switches } = tables;
  return [
    ...repeated(
      events.map(({ id }) => id),
      'event',
    ),
    ...repeated(
      fields.map(({ name }) => name),
      'field',
    ),
    ...blockProblems(tables),
    ...repeated(
      switches.map(({ id }) => id),
      'switch',
    ),
    ...switches.flatMap(({ id, forwarding, stamping }) => [
      ...repeated(
        forwarding.map(({ match, priority }) => `${match.port}, priority ${priority}`),
        `switch ${id}: a rule at port`,
      ),
      ...forwarding.flatMap(({ priority, match: { tag = [] } }) =>
        tagProblems(tag, blocks).map((problem) => `switch ${id}, rule of priority ${priority}: ${problem}`),
      ),
      ...stamping.flatMap(({ block: i, register, tag }) => {
        const block = blocks[i];
        if (!block) return [`switch ${id}: stamping speaks of block ${i}, which is not there`];
        return [
          ...(block.copies ? [`switch ${id}: stamping has an entry of block ${i}, whose register is copied`] : []),
          ...(tag >= 2 ** block.width ? [`switch ${id}: stamping has a tag that block ${i} has no bits for`] : []),
          ...register
            .filter((event) => !block.events.includes(event))
            .map((event) => `switch ${id}: stamping asks block ${i} for event ${event}, which it has not`),
        ];
      }),
    ]),
  ];
}

const repeated = <T>(items: readonly T[], what: string): string[] =>
  [...new Set(items.filter((item, i) => items.indexOf(item) < i))].map((item) => `${what} ${item} is there twice`);

/** Each event is of one block, and each bit of a tag of one at most; the fields of event-sets tell them apart. */
function blockProblems({ blocks, events, widths: { tag: bits } }: Tables): string[] {
  const all = blocks.flatMap((block) => block.events);
  const places = blocks.flatMap(({ shift, width }) => Array.from({ length: width }, (_, i) => shift + i));
  return [
    ...repeated(all, 'blocks: event'),
    ...events.filter(({ id }) => !all.includes(id)).map(({ id }) => `blocks: event ${id} is of no block`),
    ...repeated(places, 'blocks: bit of the tag'),
    ...places.filter((bit) => bit >= bits).map((bit) => `blocks: bit ${bit} is beyond a tag of ${bits} bits`),
    ...blocks.flatMap((block, i) => [
      ...repeated(
        block.eventSets.map(({ tag }) => tag),
        `block ${i}: tag`,
      ),
      ...block.eventSets
        .filter(({ tag }) => tag >= 2 ** block.width)
        .map(({ tag }) => `block ${i}: tag ${tag} has more than ${block.width} bits`),
      ...block.eventSets
        .flatMap((set) => set.events)
        .filter((event) => !block.events.includes(event))
        .map((event) => `block ${i}: event ${event} is of another block`),
      ...(block.copies && block.eventSets.some(({ events, tag }) => copiedField(block, events) !== tag)
        ? [`block ${i}: a tag is no copy of its events, as it says that tags are`]
        : []),
    ]),
  ];
}

function tagProblems(tag: readonly TagMatch[], blocks: readonly TableBlock[]): string[] {
  return [
    ...repeated(
      tag.map(({ block }) => block),
      'block',
    ),
    ...tag.filter(({ block }) => !blocks[block]).map(({ block }) => `it speaks of block ${block}, which is not there`),
    ...tag
      .filter(({ block, mask }) => blocks[block] && mask >= 2 ** blocks[block].width)
      .map(({ block }) => `its mask has bits that block ${block} has not`),
    ...tag
      .filter(({ value, mask }) => (value & ~mask) !== 0)
      .map(() => 'no tag matches, its value is outside its mask'),
  ];
}
