import { members } from '../events/event-set.js';
import type { EventStructure } from '../events/event-structure.js';
import { showFormula } from '../events/formula.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import type { Limits } from '../netkat/limits.js';
import { LimitReached } from '../netkat/limits.js';
import { showLocation } from '../netkat/topology.js';
import { arrivals } from './arrivals.js';
import { optimalTags, searchedTags } from './assign-tags.js';
import { type Codes, type Column, tagWidth } from './cubes.js';
import { type Detection, detections } from './detection.js';
import { forwards, type Place, placesOf, type TaggedRule, taggedRules } from './forwarding.js';
import { outputKey, pcField } from './outputs.js';
import { compileHops } from './places.js';
import { programCounter } from './program-counter.js';
import { regions } from './regions.js';
import type { Rule } from './rules.js';
import {
  type DetectionRule,
  type ForwardingRule,
  type HeaderValues,
  learningSources,
  type RuleCounts,
  type SwitchTables,
  type Tables,
  tableLimits,
  tablesFormat,
  tablesVersion,
} from './tables.js';

/** A program whose event structure has been built and accepted. */
export interface Compilable {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly limits: Limits;
}

/** What the compiler makes of a program. */
export interface Compiled {
  readonly program: Program;
  readonly system: TransitionSystem;
  readonly structure: EventStructure;
  readonly places: readonly Place[];
  readonly detections: readonly Detection[];
  /** How many values `pc` has; 1 if packets need none. */
  readonly pcSize: number;
  readonly codes: Codes;
  readonly width: number;
}

/** Tries of the search for tags; each event-set and rule more makes a try longer. */
const maxSteps = 2_000;
const maxWork = 4_000_000;

/**
 * Compiles a program to tables (paper §1, steps 1 to 5; §4.1; §5.3).
 * @throws LimitReached if it needs more than switches have, naming what
 */
export function compile({ program, system, structure, limits }: Compilable): Compiled {
  const count = structure.eventSets.length;
  const width = tagWidth(count);
  checkLimits(program, structure, width);
  const hops = compileHops(program);
  const region = regions(hops.store, outputKey);
  const states = [...new Set(structure.stateOf)];
  const reached = states.map((state) => arrivals(program, hops, region, system.states[state]!));
  const counter = programCounter(hops, region, reached);
  if (counter.size > 2 ** tableLimits.pcBits)
    throw new LimitReached(`more than ${2 ** tableLimits.pcBits} positions, which the pc cannot name`);
  const configurationOf = structure.stateOf.map((state) => states.indexOf(state));
  const places = placesOf(hops.store, region, counter, configurationOf);
  const codes = assignTags(count, columnsOf(places));
  const detected = detections(hops.store, system, structure, limits);
  return { program, system, structure, places, detections: detected, pcSize: counter.size, codes, width };
}

/** The columns of all places; equal ones as one of more weight. Those that every assignment serves by one rule are left out. */
export function columnsOf(places: readonly Place[]): Column[] {
  const columns = new Map<string, Column>();
  for (const { shareable } of places)
    for (const { on, off } of shareable) {
      if (off.length === 0 || on.length === 1) continue;
      const key = `${on}|${off}`;
      columns.set(key, { on, off, weight: (columns.get(key)?.weight ?? 0) + 1 });
    }
  return [...columns.values()];
}

/** Tags for the event-sets: the best ones where there are few, else the searched ones, as far as time allows. */
function assignTags(n: number, columns: readonly Column[]): Codes {
  const plain = Array.from({ length: n }, (_, i) => i);
  if (columns.length === 0) return plain;
  if (n <= 4) return optimalTags(n, columns).codes;
  const work = n * columns.length;
  if (n * n * columns.length > maxWork) return plain;
  return searchedTags(n, columns, Math.min(maxSteps, Math.floor(maxWork / (work * Math.max(8, n)))));
}

function checkLimits({ topology }: Program, { events, eventSets }: EventStructure, width: number): void {
  const { tagBits, digestBits, port: maxPort } = tableLimits;
  if (width > tagBits)
    throw new LimitReached(`${eventSets.length} event-sets are more than a tag of ${tagBits} bits names`);
  if (events.length > digestBits)
    throw new LimitReached(`${events.length} events are more than a digest of ${digestBits} bits holds`);
  const ends = [...topology.hosts.map(({ at }) => at), ...topology.links.flatMap(({ from, to }) => [from, to])];
  const tooHigh = ends.find(({ port }) => port > maxPort);
  if (tooHigh) throw new LimitReached(`port ${showLocation(tooHigh)} is over ${maxPort}, the last that switches have`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The numbers of rules of interface.md. */
export function countRules(compiled: Compiled): RuleCounts {
  const { places, codes, width } = compiled;
  const tagged = places.flatMap((place) => taggedRules(place, codes, width));
  const switches = switchTables(compiled);
  return {
    guarded: sum(places.flatMap(({ guarded }) => guarded.map((rules) => rules.filter(forwards).length))),
    shared: tagged.filter(({ rule }) => forwards(rule)).length,
    total: sum(switches.map((s) => s.stamping.length + s.forwarding.length + s.detection.length)),
  };
}

/** The artefact. `file` and `sha256` are the program's. */
export function tablesOf(compiled: Compiled, origin: Tables['program']): Tables {
  const { program, system, structure, codes, width, pcSize } = compiled;
  return {
    format: tablesFormat,
    version: tablesVersion,
    program: origin,
    widths: { tag: width, pc: tagWidth(pcSize), digest: structure.events.length },
    fields: program.fields.map(({ name, domain }) => ({ name, domain })),
    hosts: program.topology.hosts.map(({ name, at }) => ({ name, at: showLocation(at) })),
    links: program.topology.links.map(({ from, to }) => ({ from: showLocation(from), to: showLocation(to) })),
    events: structure.events.map(({ id, label, occurrence, at }) => ({
      id,
      formula: showFormula(program.fields, system.labels[label]!.formula),
      at: showLocation(at),
      occurrence,
    })),
    eventSets: structure.eventSets.map((set, i) => ({ events: members(set), tag: codes[i]! })),
    switches: switchTables(compiled),
  };
}

function switchTables(compiled: Compiled): SwitchTables[] {
  const { program, structure, places, codes, width } = compiled;
  const { hosts, switches } = program.topology;
  const stamping = structure.eventSets.map((set, i) => ({ register: members(set), tag: codes[i]! }));
  return switches.map((id) => ({
    id,
    stamping: hosts.some(({ at }) => at.switch === id) ? stamping : [],
    forwarding: places
      .filter(({ at }) => at.switch === id)
      .flatMap((place) => {
        const rules = taggedRules(place, codes, width);
        return rules.map((rule, i) => forwardingRule(compiled, place.at.port, rule, rules.length - i));
      }),
    detection: compiled.detections
      .filter(({ at }) => at.switch === id)
      .flatMap((detection) => detectionRules(program, detection)),
    learning: learningSources,
  }));
}

/** Header fields of diagrams are one more than those of programs. */
const headersOf = ({ fields }: Program, values: readonly (readonly [number, number])[], shift: number): HeaderValues =>
  Object.fromEntries(
    values.map(([f, v]) => {
      const { name, domain } = fields[f - shift]!;
      return [name, domain[v]!];
    }),
  );

function forwardingRule(compiled: Compiled, port: number, { rule, tag }: TaggedRule, priority: number): ForwardingRule {
  const { program, pcSize } = compiled;
  const pc = rule.match.find(([field]) => field === pcField)?.[1];
  const headers = rule.match.filter(([field]) => field !== pcField);
  return {
    priority,
    match: {
      port,
      ...(tag.mask === 0 ? {} : { tag }),
      ...(pc === undefined ? {} : { pc }),
      headers: headersOf(program, headers, 1),
    },
    outputs: rule.outputs.map(({ port, sets, next }) => ({
      port,
      set: headersOf(program, sets, 0),
      ...(next === undefined || pcSize === 1 ? {} : { pc: next }),
    })),
  };
}

/** Exceptions come before what they except, whatever the condition. */
function detectionRules(program: Program, { event, at, matches, conditions }: Detection): DetectionRule[] {
  const ways = matches.flatMap((rule: Rule) =>
    rule.outputs.length > 0
      ? conditions.map((condition) => ({ rule, detects: true, ...condition }))
      : [{ rule, detects: false, required: 0n, forbidden: 0n }],
  );
  return ways.map(({ rule, detects, required, forbidden }, i) => ({
    event,
    priority: ways.length - i,
    detects,
    match: { port: at.port, headers: headersOf(program, rule.match, 1) },
    required: members(required),
    forbidden: members(forbidden),
  }));
}
