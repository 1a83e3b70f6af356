import { describe, expect, it } from 'vitest';
import { check } from '../../src/workbench.js';

const network =
  'host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; link 1:3 <-> 2:3; link 1:9 -> 2:9; link 1:10 -> 2:10;\n';

/** The structure of a program in short, as spec 1.5 and 2 have it, worked out by hand from their text. */
async function shown(source: string, unroll = 6): Promise<unknown> {
  const { rejected, ets, nes } = (await check(network + source, 'hand.snk', { packets: 1, maxStates: 1, unroll }))
    .result;
  return {
    rejected: rejected?.code ?? null,
    edges: ets?.edges.map(({ from, to, formula, at }) => `${from} -> ${to} by ${formula} at ${at}`),
    events: nes?.events.map(({ id, formula, at, occurrence }) => `e${id} ${formula} ${at} #${occurrence}`),
    eventSets: nes?.eventSets.map((set) => set.join('')).join(' '),
  };
}

describe('structures worked out by hand', () => {
  it('two spellings of one label are two occurrences of it, the shorter printed', async () => {
    const source = `field vlan_id in {0, 1, 2}; state [0,0];
      policy sw=1 & pt=2; pt<-1;
        ( vlan_id!=0 & vlan_id!=1; state(0)=0; (1:1)->(2:1)-><state(0)<-1>
        + vlan_id=2; state(0)=1; state(1)=0; (1:1)->(2:1)-><state(1)<-1>
        + !(vlan_id=2 & state!=[1,1]); (1:1)->(2:1) ); pt<-2`;
    expect(await shown(source)).toEqual({
      rejected: null,
      edges: ['0,0 -> 1,0 by vlan_id=2 at 2:1', '1,0 -> 1,1 by vlan_id=2 at 2:1'],
      events: ['e0 vlan_id=2 2:1 #1', 'e1 vlan_id=2 2:1 #2'],
      eventSets: ' 0 01',
    });
  });

  it('an assignment forgets what was tested, what is tested later stays; what no packet satisfies is no event', async () => {
    const source = `state [0];
      policy sw=1 & pt=2 & tcp_dst!=80; tcp_dst<-443; tcp_dst!=80; pt<-1; (1:1)->(2:1)-><state<-[1]>; pt<-2
      + sw=1 & pt=2 & tcp_dst=22; tcp_dst!=22; pt<-3; (1:3)->(2:3)-><state<-[7]>; pt<-2`;
    expect(await shown(source)).toMatchObject({
      edges: ['0 -> 1 by tcp_dst!=80 & tcp_dst=443 at 2:1'],
      eventSets: ' 0',
    });
  });

  it('literals go by field, integers by size before other values, hosts by name', async () => {
    const source = `host Zeta @ 1:5 ip 10.0.0.7; host alpha @ 1:6; state [0];
      policy pt=2 & dst!=10.0.0.7 & dst!=alpha & dst!=10.0.0.100 & dst!=5 & dst!=40 & src=10.0.0.7
        & eth_dst=AA:bb:cc:00:11:22; pt<-1; (1:1)->(2:1)-><state<-[1]>; pt<-2`;
    const others = ['ip_dst!=5', 'ip_dst!=40', 'ip_dst!=10.0.0.100', 'ip_dst!=Zeta', 'ip_dst!=alpha'];
    const formula = ['eth_dst=aa:bb:cc:00:11:22', ...others, 'ip_src=Zeta'].join(' & ');
    expect(await shown(source)).toMatchObject({ edges: [`0 -> 1 by ${formula} at 2:1`] });
  });

  it('ids go by distance, then place by number, then text; occurrences of a label are together', async () => {
    const source = `state [0];
      policy sw=1 & pt=2 & tcp_dst=10; pt<-10; (state=[0]; (1:10)->(2:10)-><state<-[1]>
          + state=[1]; (1:10)->(2:10)-><state<-[2]> + state!=[0] & state!=[1]; (1:10)->(2:10)); pt<-2
      + sw=1 & pt=2 & tcp_dst=9; pt<-9; (state=[2]; (1:9)->(2:9)-><state<-[3]> + state!=[2]; (1:9)->(2:9)); pt<-2
      + sw=1 & pt=2 & tcp_dst=2; pt<-1; (state=[0]; (1:1)->(2:1)-><state<-[4]> + state!=[0]; (1:1)->(2:1)); pt<-2`;
    expect(await shown(source)).toMatchObject({
      edges: [
        '0 -> 4 by tcp_dst=2 at 2:1',
        '0 -> 1 by tcp_dst=10 at 2:10',
        '1 -> 2 by tcp_dst=10 at 2:10',
        '2 -> 3 by tcp_dst=9 at 2:9',
      ],
      events: ['e0 tcp_dst=2 2:1 #1', 'e1 tcp_dst=10 2:10 #1', 'e2 tcp_dst=10 2:10 #2', 'e3 tcp_dst=9 2:9 #1'],
      eventSets: ' 0 1 12 123',
    });
  });

  it('a loop is unrolled along its paths alone', async () => {
    const source = `state [0];
      policy sw=1 & pt=2; ( pt<-1; (state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1)); pt<-2
        + vlan_id=5; pt<-3; (state=[1]; (1:3)->(2:3)-><state<-[0]> + state!=[1]; (1:3)->(2:3)); pt<-2 )
      + sw=2 & pt=2; state=[1]; pt<-1; (2:1)->(1:1); pt<-2`;
    expect(await shown(source)).toMatchObject({ rejected: null, eventSets: ' 0 03 013 0134 01234 012345' });
    expect(await shown(source, 3)).toMatchObject({ eventSets: ' 0 02 012' });
  });

  it('a branch that no packet can run has events all the same; an assignment that changes nothing has none', async () => {
    const source = `state [0];
      policy sw=1 & pt=2 & ip_dst=H2; state=[0]; pt<-1; (1:1)->(2:1)-><state<-[0]>; pt<-2
      + sw=2 & pt=2 & ip_dst=H2; pt<-1; (1:1)->(2:1)-><state<-[1]>; pt<-2`;
    expect(await shown(source)).toMatchObject({ edges: ['0 -> 1 by ip_dst=H2 at 2:1'] });
  });

  it('one label with two targets is undetermined, but only if they differ', async () => {
    const source = (end: string) => `field vlan_id in {1, 2}; state [0];
      policy sw=1 & pt=2; pt<-1; ( vlan_id=1; (state=[0]; (1:1)->(2:1)-><state<-[1]> + state!=[0]; (1:1)->(2:1))
        + vlan_id!=2; (state=[0]; (1:1)->(2:1)-><state<-[2]> + state!=[0]; (1:1)->(2:1)) + vlan_id=2; (1:1)->(2:1) ); pt<-2
      + sw=2 & pt=2; ${end}; pt<-1; (2:1)->(1:1); pt<-2`;
    expect(await shown(source('state=[1]'))).toMatchObject({ rejected: 'undetermined', eventSets: ' 0' });
    expect(await shown(source('state!=[0]'))).toMatchObject({ rejected: null, eventSets: ' 0' });
  });

  it('two of three, at two switches: every pair is consistent, all three are not', async () => {
    const one = (i: number, out: string, link: string, others: string) =>
      `vlan_id=${i}; pt<-${out}; (state!=${others}; ${link}-><state(${i})<-1> + state=${others}; ${link})`;
    const source = `host H3 @ 3:2; link 1:4 -> 3:3; state [0,0,0];
      policy sw=1 & pt=2; ( ${one(0, '1', '(1:1)->(2:1)', '[_,1,1]')} + ${one(1, '4', '(1:4)->(3:3)', '[1,_,1]')}
        + ${one(2, '3', '(1:3)->(2:3)', '[1,1,_]')} ); pt<-2`;
    expect(await shown(source)).toMatchObject({
      rejected: 'nonlocal',
      events: ['e0 vlan_id=0 2:1 #1', 'e1 vlan_id=2 2:3 #1', 'e2 vlan_id=1 3:3 #1'],
      eventSets: ' 0 1 2 01 02 12',
    });
  });
});
