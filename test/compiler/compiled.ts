import { readFileSync } from 'node:fs';
import { defaultLimits } from '../../src/base/limits.js';
import { tablesOf } from '../../src/compiler/artefact.js';
import { type Compilable, type Compilation, compileTables } from '../../src/compiler/compile.js';
import { analyse, unrollFor } from '../../src/events/analysis.js';
import { type EventSet, isSubset, members } from '../../src/events/event-set.js';
import { satisfies } from '../../src/events/formula.js';
import { tagged } from '../../src/execution/tagged.js';
import { readProgram } from '../../src/language/read-program.js';
import { entry, type Position } from '../../src/netkat/configuration.js';
import { type Headers, showHeaders } from '../../src/netkat/fields.js';
import type { Location } from '../../src/netkat/policy.js';
import { showLocation } from '../../src/netkat/topology.js';
import { processPacket, stamp, type TaggedPacket } from '../../src/tables/interpret.js';
import type { Tables } from '../../src/tables/tables.js';
import { tagOf } from '../../src/tables/tags.js';
import { withinLimits } from '../../src/verbs/load.js';
import { modelFile, models } from '../models/models.js';

/** The models that have an event structure, forced ones too. */
export const compilableModels = Object.entries(models)
  .filter(([, { rejected }]) => rejected === null || rejected === 'nonlocal')
  .map(([name]) => name);

/** A program as the compiler takes it; undefined if it is rejected, or its structure is too large to be judged. */
export function compilable(source: string): Compilable | undefined {
  const reading = readProgram(source, 'program.snk');
  if (!reading.ok) return undefined;
  const meaning = withinLimits(() => ({
    ok: true as const,
    ...analyse(reading.program, unrollFor(2, 6), defaultLimits),
  }));
  if (!meaning.ok) return undefined;
  const { system, structure, broken } = meaning;
  const isLocalOnly = broken && 'code' in broken && broken.code === 'nonlocal';
  if (!structure || (broken && !isLocalOnly)) return undefined;
  return { program: reading.program, system, structure, limits: defaultLimits };
}

export const compileSource = (source: string): Compilation => compileTables(compilable(source)!);
export const modelSource = (name: string): string => readFileSync(modelFile(name), 'utf8');
export const origin = { file: 'program.snk', sha256: '0'.repeat(64) };

/** Every header over the domains. */
export function allHeaders({ program }: Pick<Compilable, 'program'>): Headers[] {
  return program.fields.reduce<Headers[]>(
    (all, { domain }) => all.flatMap((headers) => domain.map((_, value) => [...headers, value])),
    [[]],
  );
}

interface There {
  readonly at: Location;
  readonly position: Position;
  readonly headers: Headers;
  readonly pc: number;
}

/**
 * The first difference between tables and `Configuration.hop`, for every packet from every host under every event-set,
 * wherever it comes; undefined if there is none. `lookups` counts what was compared.
 */
export function forwardingDifference(
  { program, system, structure }: Compilable,
  tables: Tables,
): { readonly difference: string | undefined; readonly lookups: number } {
  const { fields, topology } = program;
  const switches = new Map(tables.switches.map((s) => [s.id, s]));
  let lookups = 0;
  for (const [i, state] of structure.stateOf.entries()) {
    const eventSet = members(structure.eventSets[i]!);
    const configuration = system.configurations[state]!;
    const seen = new Set<string>();
    const work: There[] = [];
    const arrive = (there: There): void => {
      const key = `${showLocation(there.at)}|${there.position}|${there.headers}|${there.pc}`;
      if (seen.has(key)) return;
      seen.add(key);
      work.push(there);
    };
    const tag = tagOf(tables.blocks, eventSet)!;
    for (const host of topology.hosts) {
      const stamped = stamp(tables.blocks, switches.get(host.at.switch)!, eventSet);
      if (stamped?.join() !== tag.join())
        return { difference: `stamped ${stamped} for ${eventSet} at ${host.name}`, lookups };
      for (const headers of allHeaders({ program })) arrive({ at: host.at, position: entry, headers, pc: 0 });
    }
    for (let there = work.pop(); there; there = work.pop()) {
      const { at, position, headers, pc } = there;
      const hop = configuration.hop(headers, at, position);
      if (hop.kind === 'needs') throw new Error('headers are determined');
      const packet: TaggedPacket = { port: at.port, headers: showHeaders(fields, headers), tag, pc, digest: [] };
      const { outputs, rule } = processPacket(switches.get(at.switch)!, packet, []);
      lookups++;
      const show = (out: { port: number; headers: object }) => `${out.port} ${JSON.stringify(out.headers)}`;
      const theirs = new Map(outputs.map((output) => [show(output), output]));
      const expected = hop.outputs.map((o) => show({ port: o.port, headers: showHeaders(fields, o.headers) }));
      if (theirs.size !== outputs.length || [...theirs.keys()].sort().join() !== [...expected].sort().join()) {
        const where = `tag ${tag}, ${showLocation(at)}, position ${position}, pc ${pc}, ${JSON.stringify(packet.headers)}`;
        const difference = `${where}: ${expected} expected, ${[...theirs.keys()]} by ${JSON.stringify(rule)}`;
        return { difference, lookups };
      }
      for (const [o, output] of hop.outputs.entries())
        if (output.to)
          arrive({
            at: output.to,
            position: output.position,
            headers: output.headers,
            pc: theirs.get(expected[o]!)!.pc,
          });
    }
  }
  return { difference: undefined, lookups };
}

/**
 * Where packets can arrive: for each place and headers, as `placeOf` writes them, the tags with which they can arrive
 * there.
 */
export function arrivalsOf({ program, system, structure }: Compilable): ReadonlyMap<string, ReadonlySet<EventSet>> {
  const arrived = new Map<string, Set<EventSet>>();
  for (const [i, state] of structure.stateOf.entries()) {
    const seen = new Set<string>();
    const work: Omit<There, 'pc'>[] = [];
    const arrive = (there: Omit<There, 'pc'>): void => {
      const key = `${placeOf(there.at, there.headers)}|${there.position}`;
      if (!seen.has(key)) work.push(there);
      seen.add(key);
      const place = placeOf(there.at, there.headers);
      arrived.set(place, (arrived.get(place) ?? new Set()).add(structure.eventSets[i]!));
    };
    for (const host of program.topology.hosts)
      for (const headers of allHeaders({ program })) arrive({ at: host.at, position: entry, headers });
    for (let there = work.pop(); there; there = work.pop()) {
      const hop = system.configurations[state]!.hop(there.headers, there.at, there.position);
      if (hop.kind === 'needs') throw new Error('headers are determined');
      for (const { to, position, headers } of hop.outputs) if (to) arrive({ at: to, position, headers });
    }
  }
  return arrived;
}

const placeOf = (at: Location, headers: Headers): string => `${showLocation(at)}|${headers}`;

/**
 * The first difference between the tables' detection and learning and rule SW of the literal `tagged` semantics, for
 * any packets or for those that can arrive, with tags within what has been heard.
 */
export function detectionDifference(
  compilable: Compilable,
  tables: Tables,
  arrived?: ReadonlyMap<string, ReadonlySet<EventSet>>,
): string | undefined {
  const { program, system, structure } = compilable;
  const ports = [...program.topology.hosts.map((host) => host.at), ...program.topology.links.map((link) => link.to)];
  for (const at of ports) {
    const here = tables.switches.find(({ id }) => id === at.switch)!;
    for (const headers of allHeaders(compilable)) {
      const matching = structure.events
        .filter((event) => showLocation(event.at) === showLocation(at))
        .filter((event) => satisfies(headers, system.labels[event.label]!.formula) === true)
        .map(({ id }) => id);
      const tags = arrived && [...(arrived.get(placeOf(at, headers)) ?? [])];
      for (const [eventSet, digest] of knowledge(structure.eventSets)) {
        if (tags?.every((tag) => !isSubset(tag, eventSet | digest))) continue;
        const packet = {
          port: at.port,
          headers: showHeaders(program.fields, headers),
          tag: tables.blocks.map(() => 0),
          pc: 0,
          digest: members(digest),
        };
        const got = processPacket(here, packet, members(eventSet));
        const detected = tagged.detect(structure, eventSet, digest, matching);
        const learned = members(tagged.learn(eventSet, digest, detected)).join();
        const passedOn = members(tagged.passOn(eventSet, digest, detected)).join();
        const differs =
          got.detected.join() !== members(detected).join() ||
          got.eventSet.join() !== learned ||
          got.outputs.some((output) => output.digest.join() !== passedOn);
        if (differs)
          return `${showLocation(at)}, ${JSON.stringify(packet)}, register ${members(eventSet)}: ${members(detected)} expected, ${got.detected}`;
      }
    }
  }
  return undefined;
}

/** Pairs of register and digest that can meet: event-sets whose union is an event-set. */
function knowledge(eventSets: readonly EventSet[]): (readonly [EventSet, EventSet])[] {
  const family = new Set(eventSets);
  return eventSets.flatMap((a) => eventSets.filter((b) => family.has(a | b)).map((b) => [a, b] as const));
}

export const tablesOfSource = (source: string): Tables => tablesOf(compileSource(source), origin);

/** Packets of both branches come to 2:1 with the same headers, and must leave by different ports. */
export const twoWays = `
host H1 @ 1:2; host H2 @ 1:3; host H3 @ 2:2; host H4 @ 2:3; link 1:1 <-> 2:1; state [0];
policy
  sw=1 & pt=2; pt<-1; (1:1)->(2:1); pt<-2
+ sw=1 & pt=3; pt<-1; (1:1)->(2:1); pt<-3`;
