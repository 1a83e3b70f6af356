import type { ShownEventSet, Step } from '../../execution/execution.js';
import { switchOf } from '../executions/queues.js';
import { kindOf, type Station } from '../steps.js';
import { narrate } from '../text/story.js';
import { evidence } from './evidence.js';
import { type DiagramLane, diagramLanes } from './lanes.js';
import type { PageData, ShownExecution } from './page-data.js';
import { type Timeline, timeline } from './timeline.js';

/** An execution with all that its drawings need, worked out once. */
export interface Scene {
  readonly page: PageData;
  readonly execution: ShownExecution;
  readonly steps: readonly Step[];
  readonly lanes: readonly DiagramLane[];
  readonly timeline: Timeline;
  /** What happens in each step, in sentences. */
  readonly sentences: readonly (readonly string[])[];
  /** The events that occur at each step, by the definition that the execution is judged by. */
  readonly occurrences: ReadonlyMap<number, ShownEventSet>;
  /** The pairs of ≺ that lead from the event to the packet at fault, or from the packet to the event. */
  readonly evidence: readonly (readonly [number, number])[];
}

export function sceneOf(page: PageData, execution: ShownExecution): Scene {
  const { steps, account } = execution;
  const occurrences = new Map<number, number[]>();
  for (const { event, step } of execution.occurrences) occurrences.set(step, [...(occurrences.get(step) ?? []), event]);
  return {
    page,
    execution,
    steps,
    lanes: diagramLanes(page.network),
    timeline: timeline(steps, account),
    sentences: narrate(steps),
    occurrences,
    evidence: evidence(execution),
  };
}

/** What a switch knows after so many steps. */
export const knowledgeAt = ({ timeline: { frames } }: Scene, step: number, n: number): ShownEventSet =>
  frames[step]?.knows.get(n) ?? [];

function laneAt({ lanes, page }: Scene, station: Station): number {
  const find = (kind: DiagramLane['kind'], name: string): number =>
    lanes.findIndex((l) => l.kind === kind && l.name === name);
  switch (station.kind) {
    case 'host':
      return find('host', station.name ?? page.network.hosts.find(({ at }) => at === station.at)?.name ?? '');
    case 'switch':
      return find('switch', String(station.id));
    case 'controller':
      return lanes.length - 1;
  }
}

/** The lanes of the ends of a step. */
export function endLanes(scene: Scene, step: Step): readonly [number, number] {
  const [from, to] = kindOf(step).ends(step, scene.steps);
  return [laneAt(scene, from), laneAt(scene, to)];
}

/** The lane on which a step is marked: a host's for IN and OUT, a switch's, or the controller's. */
export const laneOf = (scene: Scene, step: Step): number => endLanes(scene, step)[kindOf(step).markedAt];

/** The lane of the switch at a location. */
export const switchLane = (scene: Scene, at: string): number => laneAt(scene, { kind: 'switch', id: switchOf(at) });
