import { etherTypes, ipProtocols } from '../../frames/protocol-numbers.js';
import { type HeaderFields, type HeaderName, headerLayouts, metadataLayout, withTag } from '../layout.js';

const names = Object.keys(headerLayouts) as HeaderName[];

/** A number in hexadecimal with its width, as P4 writes it: `16w0x88b5`. */
export const p4Hex = (number: number | bigint, bits: number): string => `${bits}w0x${number.toString(16)}`;

const fieldLines = (fields: HeaderFields, tagBits: number): string[] =>
  withTag(fields, tagBits).map(([name, bits]) => `    bit<${bits}> ${name === 'type' ? 'type_' : name};`);

/** A field as P4 source names it; `type` becomes `type_`, since `type` is a keyword of P4. */
export const p4Field = (header: string, field: string): string => {
  if (header === 'meta' || header === 'standard_metadata') return `${header}.${field}`;
  return field === '$valid$' ? `hdr.${header}.isValid()` : `hdr.${header}.${field === 'type' ? 'type_' : field}`;
};

const headers = (tagBits: number): string[] => [
  ...names.flatMap((name) => [`header ${name}_t {`, ...fieldLines(headerLayouts[name], tagBits), '}', '']),
  'struct headers_t {',
  ...names.map((name) => `    ${name}_t ${name};`),
  '}',
  '',
  'struct metadata_t {',
  ...fieldLines(metadataLayout, tagBits),
  '}',
];

const follow = (types: Readonly<Record<string, number>>): string[] => [
  ...Object.entries(types).map(([name, type]) => `            ${p4Hex(type, 16)}: parse_${name};`),
  '            default: accept;',
];

const { control: command, shim, vlan, ipv4 } = etherTypes;

const state = (name: string, header: string, types: Readonly<Record<string, number>>): string[] => [
  `    state ${name} {`,
  `        packet.extract(hdr.${header});`,
  `        meta.eth_type = hdr.${header}.type_;`,
  `        transition select(hdr.${header}.type_) {`,
  ...follow(types),
  '        }',
  '    }',
];

const parser = [
  'parser SnkParser(packet_in packet, out headers_t hdr, inout metadata_t meta,',
  '                 inout standard_metadata_t standard_metadata) {',
  ...state('start', 'ethernet', { command, shim, vlan, ipv4 }),
  ...state('parse_command', 'command', { shim, vlan, ipv4 }),
  ...state('parse_shim', 'shim', { vlan, ipv4 }),
  ...state('parse_vlan', 'vlan', { ipv4 }),
  '    state parse_ipv4 {',
  '        packet.extract(hdr.ipv4);',
  '        meta.segment_length = hdr.ipv4.length - 20;',
  '        // Ports are read only without IP options, and only from whole packets or first fragments.',
  '        transition select(hdr.ipv4.ihl, hdr.ipv4.flags, hdr.ipv4.offset, hdr.ipv4.protocol) {',
  `            (5, 0 &&& 1, 0, ${ipProtocols.tcp}): parse_tcp;`,
  `            (5, 0 &&& 1, 0, ${ipProtocols.udp}): parse_udp;`,
  '            default: accept;',
  '        }',
  '    }',
  ...(['tcp', 'udp'] as const).flatMap((name) => [
    `    state parse_${name} {`,
    `        packet.extract(hdr.${name});`,
    '        transition accept;',
    '    }',
  ]),
  '}',
];

const checked = (header: HeaderName): string[] =>
  headerLayouts[header].filter(([name]) => name !== 'checksum').map(([name]) => p4Field(header, name));

const update = (header: HeaderName, extern: string, condition: string, before: readonly string[]): string[] => [
  `        ${extern}(${condition},`,
  `            { ${[...before, ...checked(header)].join(', ')} },`,
  `            hdr.${header}.checksum, HashAlgorithm.csum16);`,
];

const pseudoHeader = ['hdr.ipv4.source', 'hdr.ipv4.destination', '8w0', 'hdr.ipv4.protocol', 'meta.segment_length'];

const checksums = [
  'control SnkVerifyChecksum(inout headers_t hdr, inout metadata_t meta) {',
  '    apply { }',
  '}',
  '',
  '// Every checksum is computed anew when a packet leaves, since its headers may have been rewritten.',
  'control SnkComputeChecksum(inout headers_t hdr, inout metadata_t meta) {',
  '    apply {',
  ...update('ipv4', 'update_checksum', 'hdr.ipv4.isValid() && hdr.ipv4.ihl == 5', []),
  ...update('tcp', 'update_checksum_with_payload', 'hdr.tcp.isValid()', pseudoHeader),
  ...update('udp', 'update_checksum_with_payload', 'hdr.udp.isValid() && hdr.udp.checksum != 0', pseudoHeader),
  '    }',
  '}',
];

const deparser = [
  'control SnkDeparser(packet_out packet, in headers_t hdr) {',
  '    apply {',
  ...names.map((name) => `        packet.emit(hdr.${name});`),
  '    }',
  '}',
];

/**
 * The parts of the source that all programs have in common: those before the controls of the program, and those after.
 */
export const p4Common = {
  before: (tagBits: number): string[] => [...headers(tagBits), '', ...parser, ''],
  after: ['', ...checksums, '', ...deparser],
} as const;
