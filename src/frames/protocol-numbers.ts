/** What follows in a frame (IEEE 802 EtherTypes). The shim has the first, the controller the second of those kept for experiments. */
export const etherTypes = { ipv4: 0x0800, vlan: 0x8100, shim: 0x88b5, control: 0x88b6 } as const;

/** What follows an IPv4 header (IANA). */
export const ipProtocols = { icmp: 1, tcp: 6, udp: 17 } as const;

/** Those whose headers have ports. */
export type TransportName = Exclude<keyof typeof ipProtocols, 'icmp'>;
