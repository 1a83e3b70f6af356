/**
 * EtherTypes, which say what follows in a frame (IEEE 802). Of the two that are kept for experiments the shim has the
 * first, frames of the controller the second.
 */
export const etherTypes = { ipv4: 0x0800, vlan: 0x8100, shim: 0x88b5, control: 0x88b6 } as const;

/** Protocol numbers, which say what follows an IPv4 header (IANA). */
export const ipProtocols = { icmp: 1, tcp: 6, udp: 17 } as const;

/** The protocols whose headers have ports. */
export type TransportName = Exclude<keyof typeof ipProtocols, 'icmp'>;
