import { inputPorts } from '../../packets/places.js';
import { detectionGoal, learningGoal, stampingGoal } from './event-goals.js';
import { arrivalsGoal, entryGoal, forwardingGoal } from './forwarding-goals.js';
import type { TablesGoal } from './goal.js';
import type { TablesSubject } from './subject.js';

/**
 * All that is to be proved of tables, for symbolic headers at their real widths (spec 3, 3.1 `tagged`): together it
 * says that the network that runs the tables and the one that runs the configurations take the same steps.
 *
 * By induction over an execution: every packet that enters at a host port is stamped with the tag of E_n, block by
 * block (stamping), and is in the region of its port (entry). A packet that is taken is in a region of its place,
 * position and pc, with its tag, which may be that of any event-set of each block: claims about all tags are one claim;
 * so it is sent where the configuration sends it (forwarding), and what is sent on is in a region again (arrivals).
 * What the switch detects, comes to know and writes into digests is what rule SW says (detection, learning), provided
 * that E_n, d and E_n ∪ d are event-sets: in a program that is accepted they always are (Lemma 3 and finite
 * completeness, paper §3.1, §4.3), and where they are not, as in some programs that are forced, Lemma 3's companion is
 * broken (spec 4.2). The tag is within E_n ∪ d: when the packet enters it is E_n, which only grows, and all of E_n ∪ d
 * is in the digest of what is sent on (learning).
 */
export function goalsOf(subject: TablesSubject): TablesGoal[] {
  const { program, regions, blocks } = subject;
  const { hosts } = program.topology;
  const ingressSwitches = [...new Set(hosts.map(({ at }) => at.switch))].sort((a, b) => a - b);
  return [
    ...ingressSwitches.flatMap((n) =>
      blocks.map((_, block) => stampingGoal(subject, hosts.find(({ at }) => at.switch === n)!.at, block)),
    ),
    ...hosts.map(({ at, name }) => entryGoal(subject, name, at)),
    ...regions.map((region) => forwardingGoal(subject, region)),
    ...regions.map((region) => arrivalsGoal(subject, region)),
    ...inputPorts(program).flatMap((at) => [detectionGoal(subject, at), learningGoal(subject, at)]),
  ];
}
