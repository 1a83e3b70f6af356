import type { Problem } from '../../engines/engine.js';
import { undetermined } from '../../netkat/fields.js';
import { splitPackets } from '../../netkat/ingress.js';
import { compareLocations } from '../../netkat/topology.js';
import { grow, type TreeId, type TreeNode, treeTable } from '../../netkat/tree.js';
import { allOf, and, anyOf, equal, not, type Term } from '../solver/term.js';
import type { Network } from './network.js';
import type { PossibleStep } from './steps.js';

/** Whether the tree of a packet, as it happened, is its tree under `g` of an event-set, given by index. */
export type TreeOf = (packet: number, set: number) => Term;

/** Compares the hops of complete executions with the trees that the configurations give (spec 1.4). */
export function treesOfPackets({ problem, steps, forwarding }: Network): TreeOf {
  const { program, structure } = problem;
  const { script } = steps;
  const table = treeTable();
  const expected = program.topology.hosts.map((_, host) => treesFrom(problem, host, table));
  const children = new Map<PossibleStep, PossibleStep[]>();
  for (const step of steps.all)
    if (step.parent) children.set(step.parent, [...(children.get(step.parent) ?? []), step]);

  /**
   * Whether headers, by field and value, are those of a node. A field at which nothing looks keeps the value with which
   * the packet entered.
   */
  const areHeaders = (packet: number, headers: readonly (readonly Term[])[], { headers: wanted }: TreeNode): Term =>
    allOf([
      ...wanted.map((value, f) => {
        if (value !== undetermined) return headers[f]![value]!;
        return allOf(headers[f]!.map((term, v) => equal(term, steps.headers[packet]![f]![v]!)));
      }),
    ]);

  const memo = new Map<string, Term>();
  const isTree = (step: PossibleStep, tree: TreeId): Term => {
    const key = `${step.id}|${tree}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const node = table.node(tree);
    const applied = forwarding.applied(step);
    const headers = forwarding.headers(step);
    const cases = step.copy!.cases.map(({ rule, next }, i) => {
      // For each output, whether it is each of the node's children.
      const grid = rule.outputs.flatMap((output, o) => {
        const after = headers.map((values, f) => {
          const set = output.sets.find(([field]) => field === f)?.[1];
          return set === undefined ? values : values.map((_, v) => (v === set ? 'true' : 'false'));
        });
        const child = children.get(step)?.find(({ copy }) => copy === next[o]);
        const asHop = child && node.next.map((wanted) => hopIs(child, wanted));
        const exit = { switch: step.at.switch, port: output.port };
        const asExit = node.next.map((wanted) => {
          const { kind, at } = table.node(wanted);
          if (kind !== 'exit' || compareLocations(at, exit) !== 0) return 'false';
          return areHeaders(step.packet, after, table.node(wanted));
        });
        return [...(asHop ? [asHop] : []), ...(output.finished ? [asExit] : [])];
      });
      const every = grid.map((row) => anyOf(row));
      const each = node.next.map((_, n) => anyOf(grid.map((row) => row[n]!)));
      return allOf([applied[i]!, ...every, ...each]);
    });
    const dropped = node.next.length === 0 ? [allOf(applied.map(not))] : [];
    const term = script.define(
      'tree',
      and(step.on, areHeaders(step.packet, headers, node), anyOf([...cases, ...dropped])),
    );
    memo.set(key, term);
    return term;
  };
  const hopIs = (child: PossibleStep, wanted: TreeId): Term => {
    const { kind, at } = table.node(wanted);
    return kind === 'hop' && compareLocations(at, child.at) === 0 ? isTree(child, wanted) : 'false';
  };

  const roots = steps.all.filter(({ copy }) => copy && !copy.parent);
  const rows = Array.from({ length: steps.packets }, (_, packet) =>
    structure.eventSets.map((_, set) =>
      script.define(
        'treeOf',
        anyOf([
          ...roots
            .filter((root) => root.packet === packet)
            .flatMap((root) =>
              [...new Set(expected[root.host]!.map((trees) => trees[set]!))].map((tree) => isTree(root, tree)),
            ),
        ]),
      ),
    ),
  );
  return (packet, set) => rows[packet]![set]!;
}

/** For each kind of packet of a host, its trees under the configurations of all event-sets. */
function treesFrom(
  { program, system, structure, limits }: Problem,
  host: number,
  table: ReturnType<typeof treeTable>,
): (readonly TreeId[])[] {
  const rows: (readonly TreeId[])[] = [];
  const { at } = program.topology.hosts[host]!;
  splitPackets(program.fields, limits, (headers) => {
    const trees: TreeId[] = [];
    for (const state of structure.stateOf) {
      const grown = grow(table, program.topology, system.configurations[state]!, headers, at);
      if (grown.kind === 'needs') return grown.field;
      if (grown.kind === 'fault') throw new Error(`a configuration with a ${grown.fault.kind} fault is run`);
      trees.push(grown.tree);
    }
    rows.push(trees);
    return undefined;
  });
  return rows;
}
