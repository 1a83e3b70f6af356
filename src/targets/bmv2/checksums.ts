import { type HeaderName, headerLayouts } from '../layout.js';
import { type Argument, type Bmv2Expression, binary, constant, field, isValid } from './format.js';

const fieldsOf = (header: HeaderName) =>
  headerLayouts[header].map(([name]) => field(header, name)).filter(({ value }) => value[1] !== 'checksum');

type Input =
  | Argument
  | { readonly type: 'payload' }
  | { readonly type: 'hexstr'; readonly value: string; readonly bitwidth: number };

/** What the checksum of TCP or UDP covers: a pseudo-header, the header, and all that follows it (RFC 793, 768). */
const segment = (header: 'tcp' | 'udp'): Input[] => [
  field('ipv4', 'source'),
  field('ipv4', 'destination'),
  { ...constant(0, 8), bitwidth: 8 },
  field('ipv4', 'protocol'),
  field('meta', 'segment_length'),
  ...fieldsOf(header),
  { type: 'payload' },
];

const both = (left: Bmv2Expression, right: Bmv2Expression): Bmv2Expression => binary('and', left, right);

const checksums: readonly { header: 'ipv4' | 'tcp' | 'udp'; input: readonly Input[]; condition: Bmv2Expression }[] = [
  {
    header: 'ipv4',
    input: fieldsOf('ipv4'),
    condition: both(isValid('ipv4'), binary('==', field('ipv4', 'ihl'), constant(5, 8))),
  },
  { header: 'tcp', input: segment('tcp'), condition: isValid('tcp') },
  {
    header: 'udp',
    input: segment('udp'),
    // The checksum 0 says that the packet has none.
    condition: both(isValid('udp'), binary('!=', field('udp', 'checksum'), constant(0, 16))),
  },
];

export const bmv2Calculations = checksums.map(({ header, input }, id) => ({
  name: `${header}_checksum`,
  id,
  algo: 'csum16',
  input,
}));

/** Every checksum is computed anew when a packet leaves, since its headers may have been rewritten. */
export const bmv2Checksums = checksums.map(({ header, condition }, id) => ({
  name: `${header}_checksum`,
  id,
  target: [header, 'checksum'],
  type: 'generic',
  calculation: `${header}_checksum`,
  verify: false,
  update: true,
  if_cond: condition,
}));
