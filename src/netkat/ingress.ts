import { checkTime, LimitReached, type Limits } from '../base/limits.js';
import { type Field, type Headers, other, undetermined } from './fields.js';

/**
 * Splits the packets that can enter at one place into the fewest headers on which `ask` needs no further field:
 * a field stays undetermined as long as nothing asks for it, so the number of classes does not grow with the fields
 * that a place never looks at. `ask` answers with the field it needs, or undefined.
 */
export function splitPackets(
  fields: readonly Pick<Field, 'domain'>[],
  limits: Pick<Limits, 'packetClasses' | 'deadline'>,
  ask: (headers: Headers) => number | undefined,
): Headers[] {
  const settled: Headers[] = [];
  const work: Headers[] = [fields.map(() => undetermined)];
  for (let headers = work.pop(); headers; headers = work.pop()) {
    checkTime(limits);
    const field = ask(headers);
    if (field === undefined) settled.push(headers);
    else {
      const values = fields[field]!.domain.length;
      for (let value = values - 1; value >= 0; value--) work.push(headers.with(field, value));
    }
    if (settled.length + work.length > limits.packetClasses)
      throw new LimitReached(`more than ${limits.packetClasses} kinds of packets at one host`);
  }
  return settled;
}

/** Calls `ask` for every packet that can enter, with all its headers set; `ask` must not need any further field. */
export function everyPacket(
  fields: readonly Field[],
  limits: Pick<Limits, 'packetClasses' | 'deadline'>,
  ask: (headers: Headers) => number | undefined,
): void {
  const count = fields.reduce((product, { domain }) => product * domain.length, 1);
  if (count > limits.packetClasses) throw new LimitReached(`more than ${limits.packetClasses} packets at one host`);
  let all: Headers[] = [[]];
  for (const { domain } of fields)
    all = all.flatMap((headers) => [...domain.keys()].map((value) => [...headers, value]));
  for (const headers of all) {
    checkTime(limits);
    if (ask(headers) !== undefined) throw new Error('a packet with all headers set leaves something open');
  }
}

/**
 * A listener that is told of each value with which a field is compared, or to which it is set. Where a packet's value
 * is one of several with which it is compared at once, that one alone is told.
 */
export type OnAsked = (field: number, value: number) => void;

/**
 * Headers that stand for all packets that can enter at one place, up to the names of values. They are like those of
 * `splitPackets`, but among the values of a field with which nothing compares the field, and to which nothing sets it,
 * one stands for all (`other` if the domain has it, else the last): packets that differ in these alone go the same
 * ways. So the number of results grows with what is asked at the place, not with the domains. `ask` must tell `asked`
 * of every value that it looks at.
 */
export function representPackets(
  fields: readonly Pick<Field, 'domain'>[],
  limits: Pick<Limits, 'packetClasses' | 'deadline'>,
  ask: (headers: Headers, asked: OnAsked) => number | undefined,
): Headers[] {
  const settled: Headers[] = [];
  const looked: Set<number>[] = fields.map(() => new Set());
  const asked: OnAsked = (field, value) => looked[field]!.add(value);
  const split = (headers: Headers): void => {
    checkTime(limits);
    const field = ask(headers, asked);
    if (field === undefined) {
      settled.push(headers);
      if (settled.length > limits.packetClasses)
        throw new LimitReached(`more than ${limits.packetClasses} kinds of packets at one host`);
      return;
    }
    const { domain } = fields[field]!;
    const before = looked[field]!;
    const values = new Set<number>();
    looked[field] = values;
    const left = new Set(domain.keys());
    const visit = (value: number): void => {
      if (left.delete(value)) split(headers.with(field, value));
    };
    visit(domain.includes(other) ? domain.indexOf(other) : domain.length - 1);
    for (const value of values) visit(value);
    // A value that nothing looks at stands for the rest; if none such has been tried yet, more values are tried.
    while (left.size > 0 && [...domain.keys()].every((value) => left.has(value) || values.has(value))) {
      visit([...left][0]!);
      for (const value of values) visit(value);
    }
    looked[field] = new Set([...before, ...values]);
  };
  split(fields.map(() => undetermined));
  return settled;
}
