import type { Property, Psi } from '../../language/property.js';
import type { Topology } from '../../netkat/topology.js';
import { type Lookout, lookoutFor, type Marks, observationsOf } from '../../packets/lookout.js';

/** What a located packet can look back at: which bodies of `before`, `earlier` and `via` were true there, by index. */
export interface Look {
  readonly before: Marks;
  readonly earlier: Marks;
  readonly via: Marks;
}

export const nothingBefore: Look = { before: [], earlier: [], via: [] };

/** What is true at a located packet. */
export interface Noted {
  readonly premise: boolean;
  /** Of a premise that is true, whether that breaks the property at once: `always`. */
  readonly breaks: boolean;
  /** What those that can look back at it find there. */
  readonly seen: Look;
}

/** A property, ready to be evaluated at located packets as they come (spec 6.2). */
export interface WatchedProperty {
  readonly form: Property['form'];
  readonly lookout: Lookout;
  /** What is true at a located packet with these observations, whose past this is. */
  readonly note: (marks: Marks, look: Look) => Noted;
  /**
   * Whether copies do what is demanded of them, if these observations are made of them; with `isOpen`, others may
   * follow, and what depends on them is undefined.
   */
  readonly becomes: (marks: Marks, isOpen: boolean) => boolean | undefined;
}

type Evaluate = (marks: Marks, look: Look) => boolean;

export function watchedProperty(topology: Pick<Topology, 'hosts'>, form: Property['form']): WatchedProperty {
  const formulas = formulasOf(form);
  const observations = observationsOf(formulas);
  const indices = new Map(observations.map((observation, i) => [JSON.stringify(observation), i]));
  const pasts: Record<keyof Look, Evaluate[]> = { before: [], earlier: [], via: [] };
  const known = new Map<string, number>();

  /** Bodies of operators that look back are numbered from the inside out, each different one once. */
  const past = (kind: keyof Look, body: Psi): number => {
    const key = `${kind}|${JSON.stringify(body)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const evaluate = compiled(body);
    const index = pasts[kind].push(evaluate) - 1;
    known.set(key, index);
    return index;
  };
  const compiled = (psi: Psi): Evaluate => {
    switch (psi.kind) {
      case 'constant':
        return () => psi.value;
      case 'observation': {
        const index = indices.get(JSON.stringify(psi))!;
        return (marks) => marks.includes(index);
      }
      case 'not': {
        const body = compiled(psi.body);
        return (marks, look) => !body(marks, look);
      }
      case 'and': {
        const parts = psi.parts.map(compiled);
        return (marks, look) => parts.every((part) => part(marks, look));
      }
      case 'or': {
        const parts = psi.parts.map(compiled);
        return (marks, look) => parts.some((part) => part(marks, look));
      }
      default: {
        const { kind } = psi;
        const index = past(kind, psi.body);
        return (_marks, look) => look[kind].includes(index);
      }
    }
  };
  const premise = compiled(form.premise);
  const conclusion = form.kind === 'always' ? compiled(form.conclusion) : () => true;
  const whichOf = (kind: keyof Look, marks: Marks, look: Look): Marks =>
    pasts[kind].flatMap((evaluate, i) => (evaluate(marks, look) ? [i] : []));

  const becomes = (psi: Psi, marks: Marks, isOpen: boolean): boolean | undefined => {
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return marks.includes(indices.get(JSON.stringify(psi))!) || (isOpen ? undefined : false);
      case 'not': {
        const body = becomes(psi.body, marks, isOpen);
        return body === undefined ? undefined : !body;
      }
      case 'and':
      case 'or': {
        const parts = psi.parts.map((part) => becomes(part, marks, isOpen));
        const decisive = psi.kind === 'or';
        if (parts.includes(decisive)) return decisive;
        return parts.includes(undefined) ? undefined : !decisive;
      }
      default:
        throw new Error(`assertion: an outcome has no ${psi.kind}`);
    }
  };

  return {
    form,
    lookout: lookoutFor(topology, observations),
    note: (marks, look) => {
      const isTrue = premise(marks, look);
      return {
        premise: isTrue,
        breaks: isTrue && !conclusion(marks, look),
        seen: {
          before: whichOf('before', marks, look),
          earlier: whichOf('earlier', marks, look),
          via: whichOf('via', marks, look),
        },
      };
    },
    becomes: (marks, isOpen) => {
      if (form.kind !== 'leadsTo') return true;
      return becomes(form.outcome, marks, isOpen);
    },
  };
}

function formulasOf(form: Property['form']): Psi[] {
  switch (form.kind) {
    case 'always':
      return [form.premise, form.conclusion];
    case 'atMost':
      return [form.premise];
    case 'leadsTo':
    case 'inState':
      return [form.premise, form.outcome];
  }
}
