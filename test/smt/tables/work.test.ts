import { expect, it } from 'vitest';
import { fw } from '../../../bench/scale/programs.js';
import { definitions } from '../../../src/smt/solver/definitions.js';
import { inOneScript } from '../../../src/smt/tables/goal.js';
import { goalsOf } from '../../../src/smt/tables/goals.js';
import { tablesSubject } from '../../../src/smt/tables/subject.js';
import { compiled, load, orThrow } from '../../../src/verbs/load.js';

/** How many terms are named, again or anew, to write the obligations of a firewall with so many hosts. */
function termsOf(hosts: number): number {
  const program = orThrow(compiled(orThrow(load(fw(hosts), 'fw.snk'))));
  const goals = goalsOf(tablesSubject(program, program.tables));
  let terms = 0;
  for (const n of program.program.topology.switches) {
    const head = definitions();
    const counting = {
      ...head,
      define: (...given: Parameters<typeof head.define>) => {
        terms++;
        return head.define(...given);
      },
    };
    const own = goals.filter((goal) => goal.switch === n);
    inOneScript(n, own, counting);
  }
  return terms;
}

it('what tables do at a port is written once, whatever the number of positions there', () => {
  const [few, many] = [termsOf(10), termsOf(40)];
  // Terms come with hosts, not with pairs of them.
  expect(many).toBeLessThan(4.5 * few);
});
