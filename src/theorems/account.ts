import { type EventSet, members } from '../events/event-set.js';
import { countEventSets, eventSetsWithin } from '../events/event-structure.js';
import type { Account, ShownTree } from '../execution/execution.js';
import type { Run } from '../execution/run.js';
import { showHeaders } from '../netkat/fields.js';
import { showLocation } from '../netkat/topology.js';
import type { TreeId } from '../netkat/tree.js';
import { coveringPairs } from './happens-before.js';
import { entryOf, type Trees, treesOf } from './trees.js';
import type { Violation } from './violation.js';

/**
 * The configurations of this many event-sets are shown; past these, only those that are allowed or explain what
 * happened.
 */
const maxConfigurations = 16;

/** A tree with more nodes than this when it is written out is not shown, since copies of copies can be very many. */
const maxNodes = 500;

/** How many nodes a tree has when it is written out, counted only until it exceeds `maxNodes`. */
function sizeOf(trees: Trees, id: TreeId): number {
  const nodes = [id];
  for (const node of nodes) {
    for (const child of trees.node(node).next) if (nodes.length <= maxNodes) nodes.push(child);
  }
  return nodes.length;
}

/**
 * What is needed to show a run, besides its steps: the order ≺, what the controller hears, and the trees that the
 * packet at fault had and should have had (spec 1.4, 4.1).
 * @param controller whether the controller's steps count for ≺ (spec 4.1)
 */
export function accountOf(
  run: Run,
  { packet, allowed }: Pick<Violation, 'packet' | 'allowed'>,
  controller: boolean,
): Account {
  const account = {
    before: coveringPairs(run, controller),
    controller: controllerOf(run),
    happened: null,
    configurations: [],
  };
  if (packet === null) return account;
  const trees = treesOf(run.setting);
  const { headers, at } = entryOf(run, packet);
  const isShown = (tree: TreeId): boolean => sizeOf(trees, tree) <= maxNodes;
  const happened = run.complete ? trees.happened(run, packet) : undefined;
  const configurations = showable(run, allowed)
    .map((set) => ({ set, tree: trees.under(set, headers, at), isAllowed: allowed.includes(set) }))
    .filter(({ tree, isAllowed }, i) => isAllowed || tree === happened || i < maxConfigurations)
    .flatMap(({ set, tree, isAllowed }) =>
      tree === undefined || !isShown(tree)
        ? []
        : [
            {
              eventSet: members(set),
              allowed: isAllowed,
              happened: tree === happened,
              tree: showTree(run, trees, tree),
            },
          ],
    );
  return {
    ...account,
    happened: happened === undefined || !isShown(happened) ? null : showTree(run, trees, happened),
    configurations,
  };
}

/** With no more event-sets than this, all are looked at. */
const mostEventSets = 256;

/** The event-sets whose trees may be shown: of a great many, those of events that the run knows of. */
function showable({ setting, states }: Run, allowed: readonly EventSet[]): readonly EventSet[] {
  const { structure } = setting;
  if (countEventSets(structure) <= mostEventSets) return structure.eventSets;
  const { known, controllerQueue, switches } = states[states.length - 1]!;
  const sets = [...Object.values(switches).map(({ eventSet }) => eventSet), ...controllerQueue.map(({ item }) => item)];
  return eventSetsWithin(
    structure,
    [known, ...sets, ...allowed].reduce((all, set) => all | set),
  );
}

function showTree(run: Run, trees: Trees, id: TreeId): ShownTree {
  const { kind, headers, at, next } = trees.node(id);
  return {
    kind,
    at: showLocation(at),
    headers: showHeaders(run.setting.program.fields, headers),
    next: next.map((child) => showTree(run, trees, child)),
  };
}

/** What the controller is told at each SW, and what it knows after each CTRLRECV. */
function controllerOf({ taken, states }: Run): Account['controller'] {
  return taken.flatMap(({ step }, i) => {
    const { controllerQueue, known } = states[i + 1]!;
    const told = controllerQueue.filter((item) => item.told === i).map(({ item }) => members(item));
    const received = step.rule === 'CTRLRECV';
    return received || told.length > 0 ? [{ step: i, told, known: received ? members(known) : null }] : [];
  });
}
