import { members } from '../events/event-set.js';
import type { Program } from '../language/program.js';
import { describeTables } from '../tables/describe.js';
import {
  type DetectionRule,
  type ForwardingRule,
  type HeaderValues,
  learningSources,
  type RuleCounts,
  type SwitchTables,
  type Tables,
  tablesFormat,
  tablesVersion,
} from '../tables/tables.js';
import type { Compilation } from './compile.js';
import { tagWidth } from './cubes.js';
import type { EventDetection } from './detection.js';
import { forwards, rulesUnderTags, type TaggedRule } from './forwarding.js';
import { pcField } from './outputs.js';
import type { Rule } from './rules.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The numbers of rules that interface.md defines. */
export function countRules(compiled: Compilation): RuleCounts {
  const { places, tags } = compiled;
  const tagged = places.flatMap((place) => rulesUnderTags(place, tags));
  const switches = switchTables(compiled);
  return {
    guarded: sum(places.map(({ guarded }) => guarded)),
    shared: tagged.filter(({ rule }) => forwards(rule)).length,
    total: sum(switches.map((s) => s.stamping.length + s.forwarding.length + s.detection.length)),
  };
}

/** The artefact, the content of `tables.json`. `origin` names the program by its file and its hash. */
export function tablesOf(compiled: Compilation, origin: Tables['program']): Tables {
  const { program, system, structure } = compiled;
  return {
    format: tablesFormat,
    version: tablesVersion,
    program: origin,
    ...describeTables(program, system, structure),
    ...deployedTables(compiled),
  };
}

/** What switches are given: the tables, and what the bits in them mean. */
export function deployedTables(compiled: Compilation): Pick<Tables, 'widths' | 'blocks' | 'switches'> {
  const { structure, blocks, tags, pcSize } = compiled;
  const widths = tags.map(({ width }) => width);
  // In the order of their first events: bits of several blocks that are copied then often move together.
  const firsts = blocks.map(({ events }) => events & -events);
  const before = (b: number) => widths.filter((_, other) => firsts[other]! < firsts[b]!);
  return {
    widths: { tag: sum(widths), pc: tagWidth(pcSize), digest: structure.events.length },
    blocks: blocks.map(({ events, eventSets }, b) => ({
      events: members(events),
      shift: sum(before(b)),
      width: widths[b]!,
      copies: tags[b]!.copies,
      eventSets: eventSets.map((set, i) => ({ events: members(set), tag: tags[b]!.codes[i]! })),
    })),
    switches: switchTables(compiled),
  };
}

function switchTables(compiled: Compilation): SwitchTables[] {
  const { program, places, blocks, tags } = compiled;
  const { hosts, switches } = program.topology;
  const stamping = blocks.flatMap(({ eventSets }, block) => {
    const { copies, codes } = tags[block]!;
    return copies ? [] : eventSets.map((set, i) => ({ block, register: members(set), tag: codes[i]! }));
  });
  return switches.map((id) => ({
    id,
    stamping: hosts.some(({ at }) => at.switch === id) ? stamping : [],
    forwarding: places
      .filter(({ at }) => at.switch === id)
      .flatMap((place) => {
        const rules = rulesUnderTags(place, tags);
        return rules.map((rule, i) => forwardingRule(compiled, place.at.port, rule, rules.length - i));
      }),
    detection: compiled.detections
      .filter(({ at }) => at.switch === id)
      .flatMap((detection) => detectionRules(program, detection)),
    learning: learningSources,
  }));
}

/**
 * The values of some header fields, by name; `shift` is 1 if fields are numbered as in diagrams, 0 if as in programs.
 */
const headersOf = ({ fields }: Program, values: readonly (readonly [number, number])[], shift: number): HeaderValues =>
  Object.fromEntries(
    values.map(([f, v]) => {
      const { name, domain } = fields[f - shift]!;
      return [name, domain[v]!];
    }),
  );

function forwardingRule(
  compiled: Compilation,
  port: number,
  { rule, tags }: TaggedRule,
  priority: number,
): ForwardingRule {
  const { program, pcSize } = compiled;
  const pc = rule.match.find(([field]) => field === pcField)?.[1];
  const headers = rule.match.filter(([field]) => field !== pcField);
  return {
    priority,
    match: {
      port,
      ...(tags.length === 0 ? {} : { tag: tags.map(({ block, cube }) => ({ block, ...cube })) }),
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

/**
 * The rules of one detection. An exception comes before the rules that it restricts, and holds whatever has been heard.
 */
function detectionRules(program: Program, { event, at, matches, conditions }: EventDetection): DetectionRule[] {
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
