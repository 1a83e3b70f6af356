import { describe, expect, it } from 'vitest';
import { project } from '../../src/events/projection.js';
import { readProgram } from '../../src/language/read-program.js';
import { configuration, entry, type Output, type Position } from '../../src/netkat/configuration.js';

const network = `host H1 @ 1:2; host H2 @ 2:2; link 1:1 <-> 2:1; link 1:3 -> 2:3; field vlan_id in {0, 1}; state [0];\npolicy `;

/** `C_k(h, n:m, q)` of a policy, where `vlan_id` is 0 or 1. */
function hop(policy: string, vlan_id: number, at: [number, number], position: Position = entry): readonly Output[] {
  const reading = readProgram(network + policy, 'hop.snk');
  if (!reading.ok) throw new Error(reading.diagnostics.map(({ message }) => message).join('\n'));
  const { program } = reading;
  const result = configuration(project(program.policy, program.initial)).hop(
    [vlan_id],
    { switch: at[0], port: at[1] },
    position,
  );
  if (result.kind === 'needs') throw new Error('the headers are not determined');
  return result.outputs;
}

describe('one hop of a configuration (spec 1.4)', () => {
  it('takes a link from its switch and port alone', () => {
    for (const policy of ['(1:1)->(2:1)', 'pt<-3; (1:1)->(2:1)', 'pt<-1; (2:1)->(1:1)', 'sw=2; pt<-1; (1:1)->(2:1)'])
      expect(hop(policy, 0, [1, 2]), policy).toEqual([]);
    expect(hop('pt<-1; (1:1)->(2:1)', 0, [1, 2])).toMatchObject([
      { port: 1, to: { switch: 2, port: 1 }, position: [1] },
    ]);
  });

  it('goes on behind the link occurrence that the packet has crossed, as the packet then is', () => {
    const policy = 'pt<-1; (1:1)->(2:1); vlan_id=1; pt<-2 + pt<-3; (1:3)->(2:3); pt<-1; (2:1)->(1:1); pt<-2';
    expect(hop(policy, 0, [1, 2]).map(({ port, position }) => [port, position])).toEqual([
      [1, [1]],
      [3, [2]],
    ]);
    expect(hop(policy, 0, [2, 1], [1])).toEqual([]);
    expect(hop(policy, 1, [2, 1], [1])).toMatchObject([{ port: 2, finished: true, to: undefined }]);
    expect(hop(policy, 0, [2, 3], [2])).toMatchObject([{ port: 1, finished: false, position: [3] }]);
  });

  it('makes one copy of those that leave by the same port with the same headers, at all of their positions', () => {
    const twice = 'pt<-1; ((1:1)->(2:1); pt<-2 + vlan_id<-1; (1:1)->(2:1); vlan_id<-0; pt<-2)';
    expect(hop(twice, 0, [1, 2]).map(({ headers, position }) => [headers, position])).toEqual([
      [[0], [1]],
      [[1], [2]],
    ]);
    expect(hop(twice, 1, [1, 2]).map(({ headers, position }) => [headers, position])).toEqual([[[1], [1, 2]]]);
    expect(hop(twice, 1, [2, 1], [1, 2]).map(({ headers, port }) => [headers, port])).toEqual([
      [[0], 2],
      [[1], 2],
    ]);
  });
});
