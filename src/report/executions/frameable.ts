import { type Addressed, addressNumber } from '../../frames/numbers.js';
import { type Field, type FieldName, fieldKinds, other, type Value } from '../../netkat/fields.js';
import type { Portrait } from './portrait.js';

type Network = NonNullable<Portrait['document']['network']>;

/** What fields take in a frame, in bytes. */
const sizes: Readonly<Record<FieldName, number>> = {
  eth_src: 6,
  eth_dst: 6,
  eth_type: 2,
  vlan_id: 2,
  ip_src: 4,
  ip_dst: 4,
  ip_proto: 1,
  tcp_src: 2,
  tcp_dst: 2,
  udp_src: 2,
  udp_dst: 2,
};

/**
 * What keeps a document, perhaps written by hand, from having frames: `src/frames` takes for granted what is so of every
 * program. Undefined if nothing does.
 */
export function unframeable({ hosts, fields }: Network, { steps }: Portrait): string | undefined {
  for (const [i, { ip, mac }] of hosts.entries()) {
    if (!isAddress(ip, '.')) return `network.hosts[${i}].ip is no IPv4 address`;
    if (!isAddress(mac, ':')) return `network.hosts[${i}].mac is no MAC address`;
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

const isAddress = (text: string, separator: string): boolean =>
  text.includes(separator) && (addressNumber(text) ?? Number.POSITIVE_INFINITY) < 256 ** (separator === '.' ? 4 : 6);

function isValue({ name }: Field, value: Value, hosts: readonly Addressed[]): boolean {
  if (value === other) return true;
  if (typeof value === 'number') return value >= 0 && value < 256 ** sizes[name];
  const kind = fieldKinds[name];
  if (kind === 'number') return false;
  return hosts.some((host) => host.name === value) || isAddress(value, kind === 'ip' ? '.' : ':');
}
