import type { Counterexample } from '../../../src/execution/execution.js';
import type { Result } from '../../../src/workbench.js';
import { check } from '../../../src/workbench.js';

/** A line of switches, along which a packet of each of the two hosts can go. */
function line(switches: number): string {
  const numbers = Array.from({ length: switches }, (_, i) => i + 1);
  const links = numbers.slice(1).map((n) => `link ${n - 1}:1 <-> ${n}:3;`);
  const way = numbers.slice(1).map((n) => `pt<-1; (${n - 1}:1)->(${n}:3)${n === switches ? '-><state<-[1]>' : ''}`);
  return `host A @ 1:2;\nhost B @ ${switches}:2;\n${links.join('\n')}\nstate [0];\npolicy pt=2 & ip_dst=B; ${way.join('; ')}; pt<-2`;
}

/** A result with an execution of at least so many steps: packets that cross a line of switches one after the other. */
export async function longExecution(switches: number, steps: number): Promise<Result> {
  const { result } = await check(line(switches), 'line.snk', { packets: 0 });
  const taken: Counterexample['steps'][number][] = [];
  for (let packet = 0; taken.length < steps; packet++) {
    const knows = packet === 0 ? [] : [0];
    const headers = { ip_dst: 'B' };
    taken.push({ rule: 'IN', packet, at: '1:2', headers, tag: [] });
    for (let n = 1; n <= switches; n++) {
      const isLast = n === switches;
      const set = isLast ? [0] : knows.filter(() => n === switches);
      taken.push({
        rule: 'SW',
        packet,
        at: `${n}:${n === 1 ? 2 : 3}`,
        tag: [],
        digestIn: [],
        detected: isLast && packet === 0 ? [0] : [],
        eventSet: set,
        outputs: [{ port: isLast ? 2 : 1, headers, digest: set }],
      });
      if (!isLast) taken.push({ rule: 'LINK', packet, from: `${n}:1`, to: `${n + 1}:3` });
    }
    taken.push({ rule: 'OUT', packet, at: `${switches}:2`, host: 'B' });
  }
  const counterexample: Counterexample = {
    kind: 'mixture',
    packet: 1,
    event: null,
    explanation: 'packet 1 went a long way, which is all that is wrong with it',
    steps: taken,
    occurrences: [{ event: 0, step: 2 * switches - 1 }],
  };
  return { ...result, checks: { lemma3: { status: 'violated', states: 1, counterexample } } };
}

/**
 * A text that a page must show and not obey: ends of scripts and comments, quotes, control characters, marks that turn
 * the direction of text.
 */
export const hostile = `"'><script>hacked=1</script><!--</script><img src=x onerror=hacked=1>\u202eright to left\u2066\u0007\u2028`;

/** A name that no one expects, but the language allows. */
export const longName = `H${'o'.repeat(10_000)}`;

/**
 * `generate.py flags N`: so many clients, each of which is answered once it has asked; their events have nothing to do
 * with each other.
 */
export function independentClients(n: number): string {
  const numbers = Array.from({ length: n }, (_, i) => i);
  const branches = numbers.map(
    (i) => `sw=1 & pt=${i + 1} & ip_dst=S & ip_src=H${i + 1}; pt<-100;
  (state(${i})=0; (1:100)->(2:100)-><state(${i})<-1> + state(${i})=1; (1:100)->(2:100)); pt<-1
+ sw=2 & pt=1 & ip_dst=H${i + 1}; state(${i})=1; pt<-100; (2:100)->(1:100); pt<-${i + 1}`,
  );
  return `${numbers.map((i) => `host H${i + 1} @ 1:${i + 1};`).join('\n')}
host S @ 2:1;
link 1:100 <-> 2:100;
state [${numbers.map(() => 0).join(', ')}];
policy ${branches.join('\n+ ')}`;
}

/** Port knocking: 1111, 2222, 3333 open ssh, and a wrong knock starts over. All of it is one clock (spec 2.5). */
export const knockReset = `host Out @ 1:2;
host Srv @ 2:2;
link 1:1 <-> 2:1;
state [0];
let knock = tcp_dst=1111 | tcp_dst=2222 | tcp_dst=3333;
policy
  sw=1 & pt=2 & dst=Srv; pt<-1;
   ( tcp_dst=1111; (state=[0]; (1:1)->(2:1)-><state<-[1]>)
   + tcp_dst=2222; (state=[1]; (1:1)->(2:1)-><state<-[2]>)
   + tcp_dst=3333; (state=[2]; (1:1)->(2:1)-><state<-[3]>)
   + knock; (state=[1] & tcp_dst!=2222; (1:1)->(2:1)-><state<-[0]>)
   + knock; (state=[2] & tcp_dst!=3333; (1:1)->(2:1)-><state<-[0]>)
   + tcp_dst=22; state=[3]; (1:1)->(2:1) ); pt<-2
+ sw=2 & pt=2 & dst=Out & state=[3]; pt<-1; (2:1)->(1:1); pt<-2`;
