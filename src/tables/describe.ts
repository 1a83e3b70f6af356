import type { EventStructure } from '../events/event-structure.js';
import { showFormula } from '../events/formula.js';
import type { TransitionSystem } from '../events/transition-system.js';
import type { Program } from '../language/program.js';
import { showLocation } from '../netkat/topology.js';
import type { Tables } from './tables.js';

/** What tables repeat of their program, so that they can be read without it. */
export function describeTables(
  program: Program,
  system: TransitionSystem,
  structure: EventStructure,
): Pick<Tables, 'fields' | 'hosts' | 'links' | 'events'> {
  return {
    fields: program.fields.map(({ name, domain }) => ({ name, domain })),
    hosts: program.topology.hosts.map(({ name, at }) => ({
      name,
      at: showLocation(at),
      ...program.addresses.get(name)!,
    })),
    links: program.topology.links.map(({ from, to }) => ({ from: showLocation(from), to: showLocation(to) })),
    events: structure.events.map(({ id, label, occurrence, at }) => ({
      id,
      formula: showFormula(program.fields, system.labels[label]!.formula),
      at: showLocation(at),
      occurrence,
    })),
  };
}
