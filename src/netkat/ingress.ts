import { type Field, type Headers, undetermined } from './fields.js';
import { checkTime, LimitReached, type Limits } from './limits.js';

/**
 * Splits the packets that can enter at one place into the fewest headers on which `ask` needs no further field:
 * a field stays undetermined as long as nothing asks for it, so the number of classes does not grow with the fields
 * that a place never looks at. `ask` answers with the field it needs, or undefined.
 */
export function splitPackets(
  fields: readonly Field[],
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
