import type { Property, Psi } from '../../language/property.js';
import type { Topology } from '../../netkat/topology.js';
import { type Lookout, lookoutFor, type Marks, observationsOf } from '../../packets/lookout.js';

/** What a located packet can look back at: which bodies of `before`, `earlier` and `via` were true there, by index. */
export interface Look {
  readonly before: Marks;
  readonly earlier: Marks;
  readonly via: Marks;
}

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
  /** What may be true at a located packet with these observations, whatever was true before and earlier. */
  readonly guess: (marks: Marks, via: Guessed, below: Marks | undefined) => Guess;
  /**
   * Whether copies do what is demanded of them, if these observations are made of them; with `isOpen`, others may
   * follow, and what depends on them is undefined.
   */
  readonly becomes: (marks: Marks, isOpen: boolean) => boolean | undefined;
}

/** Which bodies of `via` are true for certain, and which may be: the ways of copies, whose past is not known. */
export interface Guessed {
  readonly certain: Marks;
  readonly possible: Marks;
}

export const nothingGuessed: Guessed = { certain: [], possible: [] };

export interface Guess {
  /** Whether the premise may be satisfied there; and whether the property may be broken, if it is. */
  readonly maySatisfy: boolean;
  readonly mayBreak: boolean;
  /** Which bodies of `via` those find that come by here. */
  readonly via: Guessed;
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

  /** The value of a formula whatever was true before and earlier; undefined if it depends on that. */
  const guessed = (psi: Psi, marks: Marks, via: Guessed): boolean | undefined => {
    switch (psi.kind) {
      case 'constant':
        return psi.value;
      case 'observation':
        return marks.includes(indices.get(JSON.stringify(psi))!);
      case 'not': {
        const body = guessed(psi.body, marks, via);
        return body === undefined ? undefined : !body;
      }
      case 'and':
      case 'or': {
        const parts = psi.parts.map((part) => guessed(part, marks, via));
        const decisive = psi.kind === 'or';
        if (parts.includes(decisive)) return decisive;
        return parts.includes(undefined) ? undefined : !decisive;
      }
      case 'via': {
        const index = past('via', psi.body);
        if (via.certain.includes(index)) return true;
        return via.possible.includes(index) ? undefined : false;
      }
      default:
        return undefined;
    }
  };
  const viaBodies = bodiesOfVia(formulas).map((body) => ({ body, index: past('via', body) }));

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

  /** Whether a located packet that satisfies the premise may break the property. */
  const mayFail = (marks: Marks, via: Guessed, below: Marks | undefined): boolean => {
    switch (form.kind) {
      case 'always':
        return guessed(form.conclusion, marks, via) !== true;
      case 'leadsTo':
        return below === undefined || becomes(form.outcome, below, false) === false;
      case 'atMost':
      case 'inState':
        return true;
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
    guess: (marks, via, below) => {
      const isTrue = guessed(form.premise, marks, via);
      const found = viaBodies.map(({ body, index }) => ({ index, value: guessed(body, marks, via) }));
      const those = (value: boolean | undefined) =>
        found.flatMap((one) => (one.value === value || one.value === true ? [one.index] : []));
      return {
        maySatisfy: isTrue !== false,
        mayBreak: isTrue !== false && mayFail(marks, via, below),
        via: { certain: union(via.certain, those(true)), possible: union(via.possible, those(undefined)) },
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

/** The bodies of `via`, also those within others that look back. */
function bodiesOfVia(formulas: readonly Psi[]): Psi[] {
  const found: Psi[] = [];
  const visit = (psi: Psi): void => {
    switch (psi.kind) {
      case 'constant':
      case 'observation':
        return;
      case 'and':
      case 'or':
        psi.parts.forEach(visit);
        return;
      default:
        visit(psi.body);
        if (psi.kind === 'via') found.push(psi.body);
    }
  };
  formulas.forEach(visit);
  return found;
}

/** The one and the other, ascending. */
export const union = (a: Marks, b: Marks): Marks => {
  if (b.every((one) => a.includes(one))) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
};
