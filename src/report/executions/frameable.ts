import { type Addressed, addressNumber, wireNumber } from '../../netkat/addresses.js';
import { type Field, fieldFacts, other, type Value } from '../../netkat/fields.js';
import type { Portrait } from './portrait.js';

type Network = NonNullable<Portrait['document']['network']>;

/**
 * What keeps a document, perhaps written by hand, from having frames: `src/frames` takes for granted what is so of every
 * program. Undefined if nothing does.
 */
export function unframeable({ hosts, fields }: Network, { steps }: Portrait): string | undefined {
  for (const [i, { ip, mac }] of hosts.entries()) {
    if (addressNumber('ip', ip) === undefined) return `network.hosts[${i}].ip is no IPv4 address`;
    if (addressNumber('mac', mac) === undefined) return `network.hosts[${i}].mac is no MAC address`;
  }
  for (const [i, field] of fields.entries()) {
    const at = `network.fields[${i}]`;
    if (fields.findIndex(({ name }) => name === field.name) < i) return `${at} is there twice`;
    const wrong = field.domain.find((value) => !isValue(field, value, hosts));
    if (wrong !== undefined) return `${at}.domain holds ${wrong}, which is no value of ${field.name}`;
  }
  for (const [i, step] of steps.entries()) {
    const all = step.rule === 'IN' ? [step] : step.rule === 'SW' ? step.outputs : [];
    for (const { headers } of all)
      for (const [name, value] of Object.entries(headers)) {
        const field = fields.find((f) => f.name === name);
        if (!field?.domain.includes(value)) return `steps[${i}] has ${name}=${value}, which network.fields does not`;
      }
  }
  return undefined;
}

function isValue({ name }: Field, value: Value, hosts: readonly Addressed[]): boolean {
  if (value === other) return true;
  const number = wireNumber(hosts, name, value);
  // A frame has whole bytes for a VLAN, whose upper bits no program can name.
  return number !== undefined && number >= 0 && number < 256 ** Math.ceil(fieldFacts[name].bits / 8);
}
