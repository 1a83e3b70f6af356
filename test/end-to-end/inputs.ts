/** Programs that are large, odd or not programs at all, for the command line to survive. */
const network = 'host H1 @ 1:2;\nhost H4 @ 4:2;\nlink 1:1 <-> 4:1;\n';
const fields = 'eth_src eth_dst ip_src ip_dst tcp_src tcp_dst udp_src udp_dst eth_type vlan_id ip_proto'.split(' ');

const times = <T>(n: number, item: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => item(i));

/** A program whose packets go from H1 to switch 4, with the given policy in between. */
const through = (policy: string, head = 'state [0];'): string => `${network}${head}\npolicy\n  ${policy}\n`;
const toSwitch4 = 'pt=2; pt<-1; (1:1)->(4:1); pt<-2';

/** A counter of n states: the n-th packet opens the way back (paper §5.1, bandwidth cap). */
const counter = (n: number): string =>
  through(`pt=2 & ip_dst=H4; pt<-1; (${times(n, (i) => `state=[${i}]; (1:1)->(4:1)-><state<-[${i + 1}]>`).join('\n  + ')}
  + state=[${n}]; (1:1)->(4:1)); pt<-2
+ pt=2 & ip_dst=H1; state=[${n}]; pt<-1; (4:1)->(1:1); pt<-2`);

/** n events in no order and without conflict: 2^n event-sets, of n blocks. */
const independent = (n: number): string =>
  through(
    `pt=2; pt<-1; (${times(n, (i) => `tcp_dst=${i}; (1:1)->(4:1)-><state(${i})<-1>`).join('\n  + ')}); pt<-2`,
    `state [${times(n, () => 0).join(',')}];`,
  );

/** The same in one block, for another event waits for all of them. */
const awaited = (n: number): string =>
  through(
    `pt=2; pt<-1; (${times(n, (i) => `tcp_dst=${i}; (1:1)->(4:1)-><state(${i})<-1>`).join('\n  + ')}
  + tcp_dst=${n}; ${times(n, (i) => `state(${i})=1`).join('; ')}; (1:1)->(4:1)-><state(${n})<-1>); pt<-2`,
    `state [${times(n + 1, () => 0).join(',')}];`,
  );

/** n events of which only one can happen. */
const exclusive = (n: number): string =>
  through(
    `pt=2; pt<-1; (${times(n, (i) => `tcp_dst=${i}; state=[0]; (1:1)->(4:1)-><state<-[${i + 1}]>`).join('\n  + ')}); pt<-2`,
  );

/** A star of n hosts at one switch. */
const star = (n: number): string => `${times(n, (i) => `host H${i} @ 1:${i};\n`).join('')}host X @ 2:2;
link 1:9999 <-> 2:1;
state [0];
policy
  ip_dst=X; pt<-9999; (1:9999)->(2:1)-><state<-[1]>; pt<-2
+ ${times(n, (i) => `pt=2 & ip_dst=H${i}; state=[1]; pt<-1; (2:1)->(1:9999); pt<-${i}`).join('\n+ ')}`;

/** A line of n switches. */
const line = (n: number): string => `host A @ 1:2;
host B @ ${n}:2;
${times(n - 1, (i) => `link ${i + 1}:1 <-> ${i + 2}:3;`).join('\n')}
state [0];
policy
  pt=2 & ip_dst=B; ${times(n - 2, (i) => `pt<-1; (${i + 1}:1)->(${i + 2}:3)`).join('; ')};
  pt<-1; (${n - 1}:1)->(${n}:3)-><state<-[1]>; pt<-2`;

/** 2^n formulas reach the link. */
const manyFormulas = (n: number): string =>
  through(
    `pt=2; ${times(n, (i) => `(${fields[i]}=1 + ${fields[i]}=2)`).join('; ')}; pt<-1; (1:1)->(4:1)-><state<-[1]>; pt<-2`,
  );

const deepLets = (n: number, last: (previous: string) => string): string =>
  `${network}let a0 = pt=2;\n${times(n, (i) => `let a${i + 1} = ${last(`a${i}`)};\n`).join('')}policy a${n}; ${toSwitch4}`;

/** Bytes of a generator with a fixed seed (Park and Miller). */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let x = 20;
  for (let i = 0; i < length; i++) {
    x = (x * 48_271) % 2_147_483_647;
    bytes[i] = x & 255;
  }
  return bytes;
}

const firewall = through(
  'pt=2 & ip_dst=H4; pt<-1; (1:1)->(4:1)-><state<-[1]>; pt<-2\n+ pt=2 & ip_dst=H1; state=[1]; pt<-1; (4:1)->(1:1); pt<-2',
);

/** Each input with the exit statuses that it may give with one packet: 3 if a limit may be met before all is done. */
export const inputs: Readonly<
  Record<string, { readonly text: string | Buffer; readonly statuses: readonly number[] }>
> = {
  'no bytes': { text: '', statuses: [2] },
  'a comment': { text: '# nothing here\n', statuses: [2] },
  'random bytes': { text: noise(4096), statuses: [2] },
  zeros: { text: Buffer.alloc(5000), statuses: [2] },
  'a tarball': { text: Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), noise(100_000)]), statuses: [2] },
  'invalid UTF-8': { text: Buffer.from('host H1 @ 1:2; \xff\xfe\xc3(', 'latin1'), statuses: [2] },
  'UTF-16': { text: Buffer.from(`\ufeff${firewall}`, 'utf16le'), statuses: [2] },
  CRLF: { text: firewall.replaceAll('\n', '\r\n'), statuses: [0] },
  'a byte order mark': { text: `\ufeff${firewall}`, statuses: [0] },
  'huge numbers': { text: through(`vlan_id=${'9'.repeat(400)}; ${toSwitch4}`, 'state [1e999];'), statuses: [2] },
  'numbers past 2^53': { text: firewall.replaceAll('1:2', '9007199254740993:2'), statuses: [2] },
  'negative numbers': { text: through(`vlan_id=-5; ${toSwitch4}`), statuses: [2] },
  '5 MB of one word': { text: 'a'.repeat(5e6), statuses: [2] },
  '5 MB of comments': { text: `${firewall}${'# words\n'.repeat(625_000)}`, statuses: [0] },
  '5 MB of signs': { text: '@ ] ; '.repeat(833_333), statuses: [2] },
  'a line of a million characters': { text: `policy ${'x'.repeat(1e6)}`, statuses: [2] },
  'twenty thousand wrong names': {
    text: `policy ${times(20_000, (i) => `foo${i}=1`).join(' + ')}`,
    statuses: [2],
  },
  '20,000 branches': { text: through(`${toSwitch4}\n${`+ ${toSwitch4}\n`.repeat(20_000)}`), statuses: [0, 3] },
  '10,000 parentheses': { text: through(`${'('.repeat(10_000)}${toSwitch4}${')'.repeat(10_000)}`), statuses: [0] },
  '10,000 open parentheses': { text: through('('.repeat(10_000)), statuses: [2] },
  '10,000 negations': { text: through(`${'!'.repeat(10_000)}${toSwitch4}`), statuses: [2] },
  '10,000 steps in sequence': { text: through(`${toSwitch4}${'; true'.repeat(10_000)}`), statuses: [0] },
  '10,000 assignments': { text: through(`${toSwitch4}${'; vlan_id<-1'.repeat(10_000)}`), statuses: [0, 3] },
  'stars of stars': {
    text: through(`pt=2; ${'('.repeat(50)}vlan_id<-1 + vlan_id<-2${')*'.repeat(50)}; ${toSwitch4}`),
    statuses: [0],
  },
  '5,000 lets': { text: deepLets(5000, (a) => `(${a} & true)`), statuses: [2] },
  '10,000 lets, each a name of the one before': { text: deepLets(10_000, (a) => a), statuses: [2] },
  '400 lets, each a name of the one before': { text: deepLets(400, (a) => a), statuses: [0] },
  'lets that double': { text: deepLets(60, (a) => `(${a} & ${a})`), statuses: [2] },
  'lets within lets': { text: deepLets(150, (a) => `(${a} & true)`), statuses: [0] },
  'a state of 20,000 components': {
    text: through(
      'pt=2; pt<-1; (1:1)->(4:1)-><state(19999)<-1>; pt<-2',
      `state [${times(20_000, () => 0).join(',')}];`,
    ),
    statuses: [0],
  },
  'a counter of 1,000 states': { text: counter(1000), statuses: [0, 3] },
  'a counter of 3,000 states': { text: counter(3000), statuses: [0, 3] },
  'a counter of 6,000 states': { text: counter(6000), statuses: [0, 3] },
  '8 independent events': { text: independent(8), statuses: [0] },
  '10 independent events': { text: independent(10), statuses: [0, 3] },
  '20 independent events': { text: independent(20), statuses: [0, 3] },
  '10 events that one waits for': { text: awaited(10), statuses: [0, 3] },
  '40 exclusive events': { text: exclusive(40), statuses: [0, 3] },
  '128 exclusive events': { text: exclusive(128), statuses: [0, 3] },
  '1,000 exclusive events': { text: exclusive(1000), statuses: [0, 3] },
  'all fields': {
    text: through(`pt=2; (${fields.map((f) => `${f}=1 + ${f}=2`).join(' + ')}); ${toSwitch4}`),
    statuses: [0, 3],
  },
  '64 formulas at one link': { text: manyFormulas(6), statuses: [0, 3] },
  '128 formulas at one link': { text: manyFormulas(7), statuses: [0, 3] },
  '2,048 formulas at one link': { text: manyFormulas(11), statuses: [0, 3] },
  '50 hosts': { text: star(50), statuses: [0, 3] },
  '300 hosts': { text: star(300), statuses: [0, 3] },
  '1,000 hosts': { text: star(1000), statuses: [0, 3] },
  '20,000 hosts, one at each switch': {
    text: `${times(20_000, (i) => `host H${i} @ ${i}:1;\n`).join('')}policy true`,
    statuses: [0, 3],
  },
  '500 switches': { text: line(500), statuses: [0, 3] },
  'no host': { text: 'link 1:1 <-> 2:1; policy (1:1)->(2:1)', statuses: [0] },
  'nothing but true': { text: 'policy true', statuses: [0] },
};
