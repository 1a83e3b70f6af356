import type { Run } from '../execution/run.js';
import type { Property, Psi } from '../language/property.js';
import { showHeaders } from '../netkat/fields.js';
import { hostAt, showLocation } from '../netkat/topology.js';
import { happensBefore } from './happens-before.js';
import { type Observed, observedTrace, sees } from './observed.js';
import { type Judgement, judgement, type Violation } from './violation.js';

/**
 * A property against a run, word for word (spec 6.1–6.3). What every located packet must keep is judged in any run;
 * what a packet is to lead to, in complete ones alone. Of one configuration's trees a run says nothing: they are judged
 * by `judgeConfigurations`.
 */
export function judgeProperty(run: Run, { form, text }: Property): Judgement {
  if (form.kind === 'inState') return { kind: 'kept' };
  const trace = observedTrace(run);
  const holds = evaluator(run, trace);
  const satisfying = [...trace.keys()].filter((lp) => holds(form.premise, lp));
  const found = (lp: number, why: string): Violation => {
    const { packet } = trace[lp]!;
    return { kind: 'property', packet, event: null, why, occurrences: [], allowed: [] };
  };
  const say = (lp: number): string => describe(run, trace[lp]!);
  const kept: Judgement = { kind: 'kept' };
  switch (form.kind) {
    case 'always': {
      const broken = satisfying.filter((lp) => !holds(form.conclusion, lp));
      const [first, ...rest] = broken.map((lp) => found(lp, `${say(lp)}, against "${text}"`));
      return first ? { kind: 'violated', violations: [first, ...rest] } : kept;
    }
    case 'atMost': {
      const last = satisfying[form.most];
      if (last === undefined) return kept;
      const why = `${say(last)}, which is number ${form.most + 1}, against "${text}"`;
      return { kind: 'violated', violations: [found(last, why)] };
    }
    case 'leadsTo': {
      if (!run.complete) return judgement(run, []);
      const broken = satisfying.filter((lp) => !becomes(run, trace, lp, form.outcome));
      return judgement(
        run,
        broken.map((lp) => found(lp, `${say(lp)}, and what becomes of it there is not what "${text}" demands`)),
      );
    }
  }
}

/**
 * Whether a located packet of a run satisfies the premise of a property: else the run keeps it vacuously (spec 6.4).
 */
export function isSatisfied(run: Run, { form }: Property): boolean {
  const trace = observedTrace(run);
  const holds = evaluator(run, trace);
  return trace.some((_, lp) => holds(form.premise, lp));
}

/** Whether a run satisfies the premise of a property somewhere, and keeps the property (spec 6.4, `--witness`). */
export const isWitness = (run: Run, property: Property): boolean =>
  isSatisfied(run, property) && judgeProperty(run, property).kind === 'kept';

/** Where a located packet satisfies ψ, by its index in the trace. */
function evaluator(run: Run, trace: readonly Observed[]): (psi: Psi, lp: number) => boolean {
  const { topology } = run.setting.program;
  const before = happensBefore(run, true);
  /** Of the located packets of one step the arrival is the first, and the others are side by side. */
  const isArrival = ({ kind }: Observed): boolean => kind === 'sent' || kind === 'arrived';
  const follows = (lp: Observed, other: Observed): boolean =>
    other.step === lp.step && isArrival(other) && !isArrival(lp);
  const known = new Map<Psi, Map<number, boolean>>();

  const evaluate = (psi: Psi, lp: number): boolean => {
    const here = trace[lp]!;
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return sees(topology, psi, here) === true;
      case 'not':
        return !holds(psi.body, lp);
      case 'and':
        return psi.parts.every((part) => holds(part, lp));
      case 'or':
        return psi.parts.some((part) => holds(part, lp));
      case 'before':
        return trace.some((other, i) => (before(other.step, here.step) || follows(here, other)) && holds(psi.body, i));
      case 'earlier':
        return trace.some((other, i) => (other.step < here.step || follows(here, other)) && holds(psi.body, i));
      case 'via':
        for (let on = here.parent; on !== undefined; on = trace[on]!.parent) if (holds(psi.body, on)) return true;
        return false;
    }
  };
  const holds = (psi: Psi, lp: number): boolean => {
    const values = known.get(psi) ?? new Map<number, boolean>();
    known.set(psi, values);
    const value = values.get(lp) ?? evaluate(psi, lp);
    values.set(lp, value);
    return value;
  };
  return holds;
}

/** Whether the copies of a located packet do, from there on, what an outcome says (spec 6.3). */
function becomes(run: Run, trace: readonly Observed[], lp: number, outcome: Psi): boolean {
  const isDescendant = (other: Observed): boolean => {
    for (let on = other.parent; on !== undefined; on = trace[on]!.parent) if (on === lp) return true;
    return false;
  };
  const descendants = trace.filter(isDescendant);
  const { topology } = run.setting.program;
  const evaluate = (psi: Psi): boolean => {
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return descendants.some((other) => sees(topology, psi, other) === true);
      case 'not':
        return !evaluate(psi.body);
      case 'and':
        return psi.parts.every(evaluate);
      case 'or':
        return psi.parts.some(evaluate);
      default:
        throw new Error(`assertion: an outcome has no ${psi.kind}`);
    }
  };
  return evaluate(outcome);
}

/** What happens at a located packet, in words. */
function describe({ setting }: Run, { packet, headers, at, kind }: Observed): string {
  const { fields, topology } = setting.program;
  const shown = Object.entries(showHeaders(fields, headers)).map(([name, value]) => `${name}=${value}`);
  const place = showLocation(at);
  const host = hostAt(topology, at)?.name;
  const what = {
    sent: `is sent by ${host} at ${place}`,
    arrived: `arrives at ${place}`,
    left:
      host === undefined ? `leaves the network at ${place}, where no host is` : `is delivered to ${host} at ${place}`,
    dropped: `is dropped at switch ${at.switch}`,
  }[kind];
  return `packet ${packet} ${what}${shown.length > 0 ? ` with ${shown.join(', ')}` : ''}`;
}
