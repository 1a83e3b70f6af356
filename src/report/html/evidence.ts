import type { ShownExecution } from './page-data.js';

type Pair = readonly [number, number];

/**
 * The happens-before edges that matter: a shortest way in ≺ from where the event occurs to where the packet at fault
 * enters (`too-late`), or from its last step to where the event occurs (`too-early`). Other kinds rest on no order.
 */
export function evidence({ kind, packet, event, steps, occurrences, account }: ShownExecution): Pair[] {
  const occurred = occurrences.find((occurrence) => occurrence.event === event)?.step;
  if (packet === null || occurred === undefined || !account) return [];
  const own = [...steps.keys()].filter((i) => {
    const step = steps[i]!;
    return (step.rule === 'IN' || step.rule === 'SW') && step.packet === packet;
  });
  const [first] = own;
  const last = own[own.length - 1];
  if (first === undefined || last === undefined) return [];
  if (kind === 'too-late') return way(account.before, occurred, first);
  return kind === 'too-early' ? way(account.before, last, occurred) : [];
}

/** A shortest way from one step to another along pairs of ≺, breadth first; empty if there is none. */
function way(pairs: readonly Pair[], from: number, to: number): Pair[] {
  const cameBy = new Map<number, Pair>();
  const work = [from];
  for (const step of work) {
    for (const pair of pairs) {
      if (pair[0] !== step || cameBy.has(pair[1]) || pair[1] === from) continue;
      cameBy.set(pair[1], pair);
      work.push(pair[1]);
    }
  }
  const found: Pair[] = [];
  for (let pair = cameBy.get(to); pair; pair = cameBy.get(pair[0])) found.unshift(pair);
  return found;
}
