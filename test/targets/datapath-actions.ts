import type { Frame } from './frame.js';

/** A frame that a datapath sends, and the datapath's number of the port. */
export interface Sent {
  readonly port: number;
  readonly frame: Frame;
}

/** Our names for the datapath's fields, by header. */
const names: Readonly<Record<string, Readonly<Record<string, keyof Frame>>>> = {
  eth: { src: 'eth_src', dst: 'eth_dst' },
  ipv4: { src: 'ip_src', dst: 'ip_dst' },
  tcp: { src: 'tcp_src', dst: 'tcp_dst' },
  udp: { src: 'udp_src', dst: 'udp_dst' },
};

/**
 * Applies the datapath's actions, as `ofproto/trace` prints them, to a frame. @throws at an action that no entry of
 * ours leads to
 */
export function doActions(text: string, frame: Frame): Sent[] {
  const sent: Sent[] = [];
  let now = frame;
  for (const action of split(text)) {
    const [, name = action, argument = ''] = /^(\w+)\((.*)\)$/.exec(action) ?? [];
    if (/^\d+$/.test(action)) sent.push({ port: Number(action), frame: now });
    else if (name === 'pop_vlan') now = { ...now, vlans: now.vlans.slice(1) };
    else if (name === 'push_vlan') {
      const { tpid = '0x8100', vid } = keys(argument);
      now = { ...now, vlans: [{ type: Number(tpid), id: Number(vid) }, ...now.vlans] };
    } else if (name === 'set') {
      const [, header = '', values = ''] = /^(\w+)\((.*)\)$/.exec(argument) ?? [];
      for (const [key, value] of Object.entries(keys(values))) {
        const field = names[header]?.[key];
        if (field === undefined) throw new Error(`${action} sets what no entry sets`);
        now = { ...now, [field]: header === 'tcp' || header === 'udp' ? Number(value) : value };
      }
    } else if (name !== 'drop') throw new Error(`${action} is no action that is known here`);
  }
  return sent;
}

/** The parts of a text between commas that are in no parentheses. */
function split(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

const keys = (text: string): Record<string, string> =>
  Object.fromEntries(split(text).map((part) => part.split('=') as [string, string]));
