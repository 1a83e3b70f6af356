import { showEvents } from '../base/event-set-notation.js';
import type { Run } from '../execution/run.js';
import type { Pipeline } from '../targets/bmv2/format.js';
import type { Deployed } from './deployed.js';
import type { Exchange } from './play.js';

/** How much of a program some executions have used, and what they have left unused. */
export interface Coverage {
  readonly switches: Share;
  /** Forwarding rules: `switch 4: priority 3`. */
  readonly rules: Share;
  /** Event-sets of blocks that some switch had. */
  readonly eventSets: Share;
  /** Entries of all tables, as the switches' logs tell them: `switch 4: forward 2`. */
  readonly entries: Share;
}

interface Share {
  readonly used: number;
  readonly total: number;
  readonly unused: readonly string[];
}

/**
 * How a line of a log tells that an entry was hit: in the embedded interpreter's log, and in simple_switch's (whose
 * handles number the entries in their order).
 */
const hits = [/^table (\S+): entry (\d+),/, /Table '(\S+)': hit with handle (\d+)/] as const;

export interface CoverageCounter {
  readonly add: (run: Run, exchanges: readonly Exchange[]) => void;
  readonly coverage: () => Coverage;
}

export function coverageCounter({ tables, setups }: Deployed): CoverageCounter {
  const { blocks } = tables;
  const seen = {
    switches: new Set<string>(),
    rules: new Set<string>(),
    eventSets: new Set<string>(),
    entries: new Set<string>(),
  };
  const all = {
    switches: setups.map(({ id }) => `switch ${id}`),
    rules: tables.switches.flatMap(({ id, forwarding }) => forwarding.map(({ priority }) => ruleName(id, priority))),
    eventSets: [...new Set(blocks.flatMap(({ eventSets }) => eventSets.map(({ events }) => showEvents(events))))],
    entries: setups.flatMap(({ id, program }) =>
      (program as { readonly pipelines: readonly Pipeline[] }).pipelines.flatMap(({ tables: found }) =>
        found.flatMap(({ name, entries }) => entries.map((_, i) => entryName(id, name, i))),
      ),
    ),
  };
  const share = (kind: keyof typeof seen): Share => {
    const unused = all[kind].filter((name) => !seen[kind].has(name));
    return { used: all[kind].length - unused.length, total: all[kind].length, unused };
  };
  return {
    add: (run, exchanges) => {
      for (const { step } of run.taken)
        if (step.rule === 'SW' || step.rule === 'CTRLSEND')
          for (const { events } of blocks)
            seen.eventSets.add(showEvents(step.eventSet.filter((event) => events.includes(event))));
      seen.eventSets.add(showEvents([]));
      for (const { switch: id, observation, rule } of exchanges) {
        seen.switches.add(`switch ${id}`);
        if (rule) seen.rules.add(ruleName(id, rule.priority));
        for (const line of observation.log)
          for (const pattern of hits) {
            const [, table, entry] = pattern.exec(line) ?? [];
            if (table !== undefined) seen.entries.add(entryName(id, table, Number(entry)));
          }
      }
    },
    coverage: () => ({
      switches: share('switches'),
      rules: share('rules'),
      eventSets: share('eventSets'),
      entries: share('entries'),
    }),
  };
}

const ruleName = (id: number, priority: number): string => `switch ${id}: priority ${priority}`;
const entryName = (id: number, table: string, entry: number): string => `switch ${id}: ${table} ${entry}`;
