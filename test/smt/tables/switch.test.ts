import { afterAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/compiler/assign-tags.js';
import { setOf } from '../../../src/events/event-set.js';
import type { FieldName, Value } from '../../../src/netkat/fields.js';
import { type Definitions, definitions } from '../../../src/smt/solver/definitions.js';
import { openSession } from '../../../src/smt/solver/session.js';
import { and, bits, equal, literal, not, or, type Term, yes } from '../../../src/smt/solver/term.js';
import {
  type Alphabet,
  anyHeaders,
  type HeaderTerms,
  numberOf,
  realAlphabet,
} from '../../../src/smt/tables/alphabet.js';
import { switchTerms, widthsOf } from '../../../src/smt/tables/switch.js';
import { processPacket, stamp, type TaggedPacket } from '../../../src/tables/interpret.js';
import type { SwitchTables, Tables } from '../../../src/tables/tables.js';
import { compilableModels, modelSource, tablesOfSource } from '../../compiler/compiled.js';

const session = openSession();
afterAll(() => session.close());

/** A number that no domain of the models has. */
const unnamed = 3_001;
const real = (tables: Tables, name: FieldName, value: Value): bigint =>
  value === 'other' ? BigInt(unnamed % 2 ** (name === 'ip_proto' ? 8 : 12)) : numberOf(tables.hosts, name, value);

/** A packet that comes to a switch, with a register. */
interface Case {
  readonly packet: TaggedPacket;
  readonly register: readonly number[];
}

/** Random packets, at the ports of the tables and one that they do not know. */
function cases(tables: Tables, { forwarding, detection }: SwitchTables, seed: number, count: number): Case[] {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const ports = [...new Set([...forwarding, ...detection].map(({ match }) => match.port)), 7];
  return Array.from({ length: count }, () => {
    const headers = Object.fromEntries(tables.fields.map(({ name, domain }) => [name, pick(domain)]));
    const tag = tables.blocks.map(({ width }) => Math.floor(random() * 2 ** width));
    const pc = Math.floor(random() * 2 ** tables.widths.pc);
    const anySet = () => tables.blocks.flatMap(({ eventSets }) => pick(eventSets).events).sort((a, b) => a - b);
    const digest = anySet();
    return { packet: { port: pick(ports), headers, tag, pc, digest }, register: anySet() };
  });
}

/**
 * What the terms say of a case: that each part is as `interpret.ts` has it. All fold to `true` where everything is
 * known.
 */
function agreement(
  tables: Tables,
  here: SwitchTables,
  { packet, register }: Case,
  alphabet: Alphabet,
  definitions: Definitions,
  given: (headers: HeaderTerms) => HeaderTerms,
): Term[] {
  const widths = widthsOf(tables);
  const terms = switchTerms(here, tables.blocks, widths, alphabet, definitions);
  const set = (events: readonly number[]) => bits(setOf(events), widths.events);
  const values = new Map(
    tables.fields.map(({ name }) => [name, bits(real(tables, name, packet.headers[name]!), alphabet.width(name))]),
  );
  const headers = given(values);
  const { tag, pc, port } = packet;
  const done = processPacket(here, packet, register);
  const arriving = {
    port: bits(port, 9),
    tag: tag.map((field, b) => bits(field, widths.fields[b]!)),
    pc: bits(pc, widths.pc),
    headers,
  };
  const { forwards, outputs } = terms.forward(arriving);
  const { detected } = terms.detect(arriving, set(register), set(packet.digest));
  const stamped = stamp(tables.blocks, here, register);
  const fields = tables.blocks.map((_, b) => terms.stamp(b, set(register)));
  const sent = outputs.map((output) =>
    and(
      output.when,
      or(
        ...done.outputs.map((theirs) =>
          and(
            output.port === theirs.port ? yes : or(),
            equal(bits(output.pc, widths.pc), bits(theirs.pc, widths.pc)),
            ...tables.fields.map(({ name }) =>
              equal(output.headers.get(name)!, bits(real(tables, name, theirs.headers[name]!), alphabet.width(name))),
            ),
          ),
        ),
      ),
    ),
  );
  return [
    done.rule ? forwards.find(({ rule }) => rule === done.rule)!.when : and(...forwards.map(({ when }) => not(when))),
    // As many copies as there are, each one of theirs.
    ...outputs.map(({ when }, i) => equal(when, sent[i]!)),
    equal(detected, set(done.detected)),
    equal(terms.learn(set(register), set(packet.digest), detected), set(done.eventSet)),
    stamped === undefined
      ? not(and(...fields.map(({ defined }) => defined)))
      : and(
          ...fields.flatMap(({ defined, field }, b) => [defined, equal(field, bits(stamped[b]!, widths.fields[b]!))]),
        ),
  ];
}

describe('the terms of a switch', () => {
  it.each(compilableModels)('of %s are constants where all is known: what the interpreter says', (name) => {
    const tables = tablesOfSource(modelSource(name));
    const alphabet = realAlphabet(tables);
    for (const here of tables.switches)
      for (const one of cases(tables, here, here.id, 60))
        for (const term of agreement(tables, here, one, alphabet, definitions(), (values) => values))
          expect(term, JSON.stringify(one)).toBe(yes);
  });

  it.each(['port-knocking', 'nat', 'ids', 'bandwidth-cap'])(
    'of %s are the same to Z3 when headers are symbolic',
    async (name) => {
      const tables = tablesOfSource(modelSource(name));
      const alphabet = realAlphabet(tables);
      const head = definitions();
      const constants = anyHeaders(tables, alphabet, head);
      const wrong = tables.switches.flatMap((here) =>
        cases(tables, here, here.id, 10).map((one) => {
          const values: [FieldName, Term][] = [];
          const terms = agreement(tables, here, one, alphabet, head, (known) => {
            values.push(...known);
            return constants;
          });
          return and(...values.map(([field, value]) => equal(constants.get(field)!, value)), not(and(...terms)));
        }),
      );
      const script = `(reset)(set-logic QF_BV)${head.lines().join('\n')}(assert ${or(...wrong)})(check-sat)`;
      expect(await session.evaluate(script, 60_000)).toEqual({ kind: 'text', text: 'unsat\n' });
    },
  );
});

describe('values', () => {
  it('are the numbers that packets carry', () => {
    const tables = tablesOfSource(modelSource('firewall'));
    const alphabet = realAlphabet(tables);
    expect(literal(alphabet.value('ip_dst', 'H4'))).toBe(0x0a000004n);
    expect(numberOf(tables.hosts, 'eth_dst', 'H4')).toBe(0x020000000004n);
    expect(numberOf(tables.hosts, 'ip_src', '1.2.3.4')).toBe(0x01020304n);
    expect(() => numberOf(tables.hosts, 'ip_src', 'H9')).toThrow('H9 is no value of ip_src');
    expect(alphabet.show('ip_dst', 0x0a000004n)).toBe('H4');
    expect(alphabet.show('ip_dst', 5n)).toBe('other');
  });
});
