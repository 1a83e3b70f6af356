import { lazily } from '../../base/lazily.js';
import type { Analysis } from '../../events/analysis.js';
import { showIndices } from '../../events/blocks.js';
import { members } from '../../events/event-set.js';
import { type EventStructure, isConsistent } from '../../events/event-structure.js';
import { conjoin, type Formula } from '../../events/formula.js';
import type { Block, TransitionSystem } from '../../events/transition-system.js';
import type { Program } from '../../language/program.js';
import type { Reading } from '../../language/read-program.js';
import { positionsOf } from '../../language/source.js';
import { other } from '../../netkat/fields.js';
import type { Span } from '../../netkat/policy.js';
import { compareLocations, showLocation } from '../../netkat/topology.js';
import { deadBranches, unusedLets } from './dead-branches.js';
import { showBlockEdge } from './edges.js';

/** What a writer should know of a program that is accepted, or may be (spec 1.5, 2.5). */
export function warningsOf(
  reading: Extract<Reading, { ok: true }>,
  { system, structure, configurations, freeRuns, broken, alike }: Analysis,
): string[] {
  const { program } = reading;
  const placeOf = placing(reading);
  const unused = configurations.unused.map(({ block, edge }) => {
    const { from, to, formula, at } = showBlockEdge(system, block, edge);
    const place = placeOf(program.occurrences[edge.occurrences[0]! - 1]);
    return `no packet can run the branch that leads from [${from}] to [${to}]${place}; its event (${formula} at ${at}) counts all the same`;
  });
  const dead = deadBranches(reading, system, configurations, placeOf);
  const early = [...unused, ...dead, ...unusedLets(reading, placeOf)];
  if (!structure || broken) return early;
  return [
    ...early,
    ...alike.map((one) => withoutDifference(system, one)),
    ...ambiguous(program, system, structure),
    ...freeRuns.map((run) => freely(system, structure, run)),
  ];
}

/** Where a part of the text begins, in words: a branch, a link, or the name of a definition. */
function placing({ text, ast, program }: Extract<Reading, { ok: true }>): (span: Span | undefined) => string {
  const positions = lazily(() => {
    const names = ast.declarations.flatMap((one) => (one.kind === 'let' ? [one.name.span] : []));
    const spans = [...program.occurrences, ...program.branches.all.map(({ span }) => span), ...names];
    return positionsOf(
      text,
      spans.map(({ start }) => start),
    );
  });
  return (span) => {
    const place = span && positions().get(span.start);
    return place ? ` (line ${place.line}, column ${place.column})` : '';
  };
}

/** States that could be one. */
function withoutDifference({ blocks }: TransitionSystem, { block, states: [a, b] }: Analysis['alike'][number]): string {
  const [first, second] = [a, b].map((state) => `[${block.states[state]}]`);
  const whose = blocks.length > 1 ? ` of ${showIndices(block.indices)}` : '';
  return `states ${first} and ${second}${whose} make no difference: packets go the same ways in both, and the same events can follow`;
}

const nameOf = (system: TransitionSystem, label: number): string => {
  const { text, at } = system.labels[label]!;
  return `${text} at ${showLocation(at)}`;
};

/** Pairs of labels of one state of a block that one packet can match, where it can count as one of the two only. */
function ambiguous({ fields }: Program, system: TransitionSystem, structure: EventStructure): string[] {
  const warned = new Set<string>();
  return structure.blocks.flatMap(({ block, collected, naming }) =>
    pairsOf(block).flatMap(({ state, labels: [a, b] }) => {
      const [first, second] = [system.labels[a]!, system.labels[b]!];
      if (compareLocations(first.at, second.at) !== 0 || warned.has(`${a},${b}`)) return [];
      const both = second.formula.reduce<Formula | undefined>(
        (formula, literal) => formula && conjoin(fields, formula, literal),
        first.formula,
      );
      if (both === undefined) return [];
      // Of a clock, just one event comes next; elsewhere a packet counts as both where both can happen.
      const excludes = naming.clock !== null || !happenTogether(structure, { collected, state, a, b });
      if (!excludes) return [];
      warned.add(`${a},${b}`);
      const packet = both.map(
        ({ field, equal, value }) =>
          `${fields[field]!.name}${equal ? '=' : '!='}${fields[field]!.domain[value] ?? other}`,
      );
      return [
        `in state [${block.states[state]}] of ${showIndices(block.indices)}, a packet with ${packet.join(' & ') || 'any headers'} ` +
          `at ${showLocation(first.at)} matches two events, (${nameOf(system, a)}) and (${nameOf(system, b)}): it counts as the first`,
      ];
    }),
  );
}

/** Labels that leave one state of a block, two at a time, in the order of ids. */
function pairsOf({ states, edges }: Block): { readonly state: number; readonly labels: readonly [number, number] }[] {
  const leaving = states.map(() => new Set<number>());
  for (const { from, label } of edges) leaving[from]!.add(label);
  return leaving.flatMap((labels, state) => {
    const own = [...labels].sort((a, b) => a - b);
    return own.flatMap((a, i) => own.slice(i + 1).map((b) => ({ state, labels: [a, b] as const })));
  });
}

function happenTogether(
  structure: EventStructure,
  {
    collected,
    state,
    a,
    b,
  }: Pick<EventStructure['blocks'][number], 'collected'> & {
    readonly state: number;
    readonly a: number;
    readonly b: number;
  },
): boolean {
  return collected
    .filter((pair) => pair.state === state)
    .every(({ set }) => {
      const next = (label: number) =>
        structure.eventsOf[label]!.find((id) => ((structure.blockOf[id]!.goesOn.get(set) ?? 0n) >> BigInt(id)) & 1n);
      const [e, f] = [next(a), next(b)];
      if (e === undefined || f === undefined) return true;
      return isConsistent(structure, set | (1n << BigInt(e)) | (1n << BigInt(f)));
    });
}

/** A run that the event structure has, and no path of the transition system. */
function freely(
  system: TransitionSystem,
  structure: EventStructure,
  { block, set, event }: Analysis['freeRuns'][number],
) {
  const before = members(set).map((id) => `(${nameOf(system, structure.events[id]!.label)})`);
  const switches = new Set(block.edges.map(({ label }) => system.labels[label]!.at.switch));
  const line = switches.size === 1 ? `; \`ordered ${showIndices(block.indices)};\` excludes it` : '';
  return (
    `after ${before.join(', ')} the event (${nameOf(system, structure.events[event]!.label)}) can happen, ` +
    `though no path of the transition system goes on so: events are compared by what has happened, not in which order${line}`
  );
}
