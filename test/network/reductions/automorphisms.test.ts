import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Automorphism, automorphisms } from '../../../src/network/reductions/automorphisms.js';
import { taggedPackets } from '../../../src/network/tagged-packets.js';
import { rawPackets } from '../../../src/packets/raw-packets.js';
import { modelFile } from '../../models/models.js';
import { problemOf } from '../../search/differential.js';

function found(source: string, classes = true): readonly Automorphism[] {
  const problem = problemOf({ source, semantics: 'tagged', controller: true, packets: 1, unroll: 4 });
  if (typeof problem === 'string') throw new Error(problem);
  const { program, structure } = problem;
  const space = taggedPackets(program, rawPackets(problem, { mixed: false, classes }), classes);
  const { switches } = program.topology;
  const switchOf = space.queues.map((at) => switches.indexOf(at.switch));
  return automorphisms(structure, space, switchOf, switches.length);
}

/** What is sent by H1 and H2, and back to them, and by H4. */
const program = (one: string, two: string, back: string) => `
host H1 @ 1:2; host H2 @ 2:2; host H4 @ 4:2; link 1:1 <-> 4:1; link 2:1 <-> 4:3; field vlan_id in {0, 1, 2}; state [0, 0];
policy sw=1 & pt=2; ${one} + sw=2 & pt=2; ${two} + sw=4 & pt=2; (${back})`;
const one = 'pt<-1; (1:1)->(4:1)-><state(0)<-1>; pt<-2';
const two = 'pt<-1; (2:1)->(4:3)-><state(1)<-1>; pt<-2';
const back = 'pt<-1; (4:1)->(1:1); pt<-2 + pt<-3; (4:3)->(2:1); pt<-2';
/** Tells what state it is in. */
const mark = '(state=[0, 0]; vlan_id<-0 + state=[1, 0]; vlan_id<-1 + state=[1, 1]; vlan_id<-2)';
const marked = (part: string) => part.replaceAll('pt<-2', `${mark}; pt<-2`);
const mirrored = program(one, two, back);

describe('a program is found to be its own mirror image', () => {
  it('by what its packets do', () => {
    const [swap, ...others] = found(mirrored);
    expect(others).toEqual([]);
    // Switches 1, 2, 4; the events at 4:1 and 4:3; the event-sets {}, {0}, {1}, {0, 1}.
    expect(swap).toMatchObject({ switches: [1, 0, 2], events: [1, 0], labels: [1, 0], tags: [0, 2, 1, 3] });
  });
  it('whatever packets are told apart', () => {
    expect(found(mirrored, false).length).toBeGreaterThan(0);
  });
  it('where names of values are exchanged too', () => {
    const source = readFileSync(modelFile('learning-switch-two-hosts'), 'utf8');
    expect(found(source).map(({ switches }) => switches)).toEqual([[1, 0, 2]]);
  });
  it.each([
    ['labels', program(one, `vlan_id=1; ${two} + vlan_id=0; pt<-1; (2:1)->(4:3); pt<-2`, back)],
    [
      'copies',
      program(one, 'pt<-1; (2:1)->(4:3)-><state(1)<-1>; (pt<-2 + vlan_id<-1; pt<-2 + vlan_id<-0; pt<-2)', back),
    ],
    ['trees', program(one, `state(1)=0; ${two}`, back)],
    ['what is let through afterwards', program(one, two, back.replace('pt<-3', 'state(1)=1; pt<-3'))],
    ['event-sets', program(one, `state(0)=1; ${two} + state(0)=0; pt<-1; (2:1)->(4:3); pt<-2`, back)],
    [
      'event-sets alone',
      program(
        marked(one),
        marked(`(state(0)=1; pt<-1; (2:1)->(4:3)-><state(1)<-1> + state(0)=0; pt<-1; (2:1)->(4:3)); pt<-2`),
        marked(back),
      ),
    ],
    [
      'headers that come out',
      program(one, two, back.replace('pt<-3', 'pt<-3; (state(1)=0; vlan_id<-0 + state(1)=1; vlan_id<-1)')),
    ],
    ['places of events', program(one, 'pt<-2', `${back} + vlan_id=1; pt<-3; (4:3)->(2:1)-><state(1)<-1>; pt<-2`)],
    ['ways back', program(one, two, 'pt<-1; (4:1)->(1:1); pt<-2')],
  ])('not where %s differ', (_, source) => expect(found(source)).toEqual([]));
});
