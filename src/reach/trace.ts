import type { Limits } from '../base/limits.js';
import { satisfies } from '../events/formula.js';
import { edgesFrom, type TransitionSystem } from '../events/transition-system.js';
import { type Walks, walksOf } from '../events/walks.js';
import type { Program, StatefulAtom, StateVector } from '../language/program.js';
import { entry, type Output, type Position } from '../netkat/configuration.js';
import { type Answer, decidePackets, impliedFirst, type Split } from '../netkat/decide-packets.js';
import { type Headers, other, showHeaders, undetermined } from '../netkat/fields.js';
import type { OnAsked } from '../netkat/ingress.js';
import type { Location, Span } from '../netkat/policy.js';
import { type Host, hostAt, showLocation } from '../netkat/topology.js';
import type { TracedHop, TracedPacket } from './shown-trace.js';

/** Which packets are followed. */
export interface Sent {
  readonly host: Host;
  /** For each field the value that is given, as an index; undefined where any will do. */
  readonly given: readonly (number | undefined)[];
  readonly state: StateVector;
}

/** At most so many hops and exits of one packet are written out. */
const maxNodes = 2_000;

interface Subject extends Sent {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly walks: Walks;
  readonly placeOf: (span: Span) => { readonly line: number; readonly column: number };
}

/**
 * Follows packets of a host through the configuration of a state, hop by hop, with the branches of the policy that move
 * them (spec 1.4): one tree for each kind of packets that go different ways, as far as their headers are not given.
 * @throws LimitReached
 */
export function traceOf(
  program: Program,
  system: TransitionSystem,
  sent: Sent,
  placeOf: Subject['placeOf'],
  limits: Limits,
): TracedPacket[] {
  const values = program.initial.map((_, component) => [sent.state[component]!]);
  const subject: Subject = { ...sent, program, system, walks: walksOf(program, values), placeOf };
  const { fields } = program;
  const split: Split = {
    count: fields.length,
    valuesOf: (field) => {
      const { domain } = fields[field]!;
      const value = sent.given[field];
      const rest = domain.indexOf(other);
      return value === undefined ? impliedFirst(domain.length, rest < 0 ? domain.length - 1 : rest) : [value];
    },
    isWhole: () => false,
  };
  const packets: TracedPacket[] = [];
  const ask = (headers: Headers, asked: OnAsked): Answer<undefined> => {
    const traced = treeOf(subject, headers, asked);
    if ('field' in traced) return traced;
    const open = fields.flatMap(({ name }, f) =>
      headers[f] === undetermined && sent.given[f] === undefined ? [name] : [],
    );
    packets.push({ headers: shownHeaders(subject, headers), open, tree: traced.tree });
    return { result: undefined };
  };
  decidePackets(split, limits, ask, () => undefined);
  return packets;
}

/** A field that is not asked for has the value that is given, or one that stands for all. */
const shownHeaders = ({ program, given }: Subject, headers: Headers) =>
  showHeaders(
    program.fields,
    headers.map((value, f) => (value === undetermined ? (given[f] ?? undetermined) : value)),
  );

/** The tree of one kind of packets; or the field on which it depends. */
function treeOf(subject: Subject, headers: Headers, asked: OnAsked): { field: number } | { tree: TracedHop } {
  const { program, system, host, state } = subject;
  const configuration = system.configurationOf(state);
  const edges = edgesFrom(system, [state]);
  let left = maxNodes;
  let missing: number | undefined;

  /** The events that an arrival matches, with where they lead. */
  const eventsAt = (here: Headers, at: Location): TracedHop['events'] =>
    edges.flatMap(({ label, to }) => {
      const { formula, text, at: place } = system.labels[label]!;
      if (place.switch !== at.switch || place.port !== at.port) return [];
      for (const { field, value } of formula) asked(field, value);
      const matches = satisfies(here, formula);
      if (typeof matches === 'number') missing ??= matches;
      return matches === true ? [{ formula: text, at: showLocation(place), to }] : [];
    });

  const visit = (here: Headers, at: Location, position: Position, by: TracedHop['by']): TracedHop => {
    left--;
    const hop = configuration.hop(here, at, position, asked);
    if (hop.kind === 'needs') missing ??= hop.field;
    const outputs = hop.kind === 'needs' ? [] : hop.outputs;
    const isCut = outputs.length > left;
    const next =
      missing !== undefined || isCut ? [] : outputs.flatMap((output) => leave({ here, at, position }, output));
    return {
      kind: 'hop',
      at: showLocation(at),
      headers: shownHeaders(subject, here),
      by,
      events: eventsAt(here, at),
      next,
      ...(isCut ? { cut: true as const } : {}),
    };
  };

  const leave = (
    from: { readonly here: Headers; readonly at: Location; readonly position: Position },
    output: Output,
  ): TracedHop[] => {
    const movedBy = moversOf(subject, from, output);
    const port = { switch: from.at.switch, port: output.port };
    const exit: TracedHop[] = output.finished
      ? [
          {
            kind: 'exit',
            at: showLocation(port),
            headers: shownHeaders(subject, output.headers),
            host: hostAt(program.topology, port)?.name ?? null,
            by: movedBy('exit'),
            events: [],
            next: [],
          },
        ]
      : [];
    return output.to ? [...exit, visit(output.headers, output.to, output.position, movedBy('link'))] : exit;
  };

  const tree = visit(headers, host.at, entry, []);
  return missing === undefined ? { tree } : { field: missing };
}

/** By which branches an output leaves a switch: the innermost ones of its links, or of what is last before the end. */
function moversOf(
  { program, walks, state, placeOf }: Subject,
  { here, at, position }: { readonly here: Headers; readonly at: Location; readonly position: Position },
  output: Output,
): (how: 'exit' | 'link') => TracedHop['by'] {
  const ways = walks
    .waysOut({ headers: here, at, position, state })
    .filter(({ walk }) => walk.port === output.port && String(walk.headers) === String(output.headers));
  const { all, of } = program.branches;
  return (how) => {
    const atoms = new Set<StatefulAtom>();
    for (const { walk, link } of ways) {
      if ((link !== undefined) !== (how === 'link')) continue;
      if (link) atoms.add(link);
      // Edges without an atom are passed over, to the atom before them.
      else for (const one of lastAtoms(walk)) atoms.add(one);
    }
    // A packet that is at the end as soon as it arrives was brought there by the branch of the link.
    if (atoms.size === 0)
      for (const atom of of.keys()) if ('occurrence' in atom && position.includes(atom.occurrence)) atoms.add(atom);
    const branches = new Set([...atoms].flatMap((atom) => of.get(atom) ?? []));
    return [...branches].sort((a, b) => a - b).map((branch) => placeOf(all[branch]!.span));
  };
}

function lastAtoms(last: ReturnType<Walks['waysOut']>[number]['walk']): StatefulAtom[] {
  const found: StatefulAtom[] = [];
  const walks = new Set([last]);
  for (const { before } of walks)
    for (const { walk, atom } of before)
      if (atom) found.push(atom);
      else walks.add(walk);
  return found;
}
