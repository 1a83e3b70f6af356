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
  const { places, codes, width } = compiled;
  const tagged = places.flatMap((place) => rulesUnderTags(place, codes, width));
  const switches = switchTables(compiled);
  return {
    guarded: sum(places.flatMap(({ guarded }) => guarded.map((rules) => rules.filter(forwards).length))),
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
export function deployedTables(compiled: Compilation): Pick<Tables, 'widths' | 'eventSets' | 'switches'> {
  const { structure, codes, width, pcSize } = compiled;
  return {
    widths: { tag: width, pc: tagWidth(pcSize), digest: structure.events.length },
    eventSets: structure.eventSets.map((set, i) => ({ events: members(set), tag: codes[i]! })),
    switches: switchTables(compiled),
  };
}

function switchTables(compiled: Compilation): SwitchTables[] {
  const { program, structure, places, codes, width } = compiled;
  const { hosts, switches } = program.topology;
  const stamping = structure.eventSets.map((set, i) => ({ register: members(set), tag: codes[i]! }));
  return switches.map((id) => ({
    id,
    stamping: hosts.some(({ at }) => at.switch === id) ? stamping : [],
    forwarding: places
      .filter(({ at }) => at.switch === id)
      .flatMap((place) => {
        const rules = rulesUnderTags(place, codes, width);
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
  { rule, tag }: TaggedRule,
  priority: number,
): ForwardingRule {
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
