import { type Property, type Psi, partsOfPsi } from '../../language/property.js';
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

/** The observations of formulas and the bodies of what looks back, numbered; bodies from the inside out. */
interface Terms {
  readonly indexOf: (observation: Psi) => number;
  readonly pasts: Readonly<Record<keyof Look, Evaluate[]>>;
  readonly past: (kind: keyof Look, body: Psi) => number;
}

function termsOf(observations: readonly Psi[]): Terms {
  const indices = new Map(observations.map((observation, i) => [JSON.stringify(observation), i]));
  const pasts: Record<keyof Look, Evaluate[]> = { before: [], earlier: [], via: [] };
  const known = new Map<string, number>();
  const terms: Terms = {
    indexOf: (observation) => indices.get(JSON.stringify(observation))!,
    pasts,
    past: (kind, body) => {
      const key = `${kind}|${JSON.stringify(body)}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const evaluate = compiled(terms, body);
      const index = pasts[kind].push(evaluate) - 1;
      known.set(key, index);
      return index;
    },
  };
  return terms;
}

function compiled(terms: Terms, psi: Psi): Evaluate {
  switch (psi.kind) {
    case 'constant':
      return () => psi.value;
    case 'observation': {
      const index = terms.indexOf(psi);
      return (marks) => marks.includes(index);
    }
    case 'not': {
      const body = compiled(terms, psi.body);
      return (marks, look) => !body(marks, look);
    }
    case 'and':
    case 'or': {
      const parts = psi.parts.map((part) => compiled(terms, part));
      return psi.kind === 'and'
        ? (marks, look) => parts.every((part) => part(marks, look))
        : (marks, look) => parts.some((part) => part(marks, look));
    }
    default: {
      const { kind } = psi;
      const index = terms.past(kind, psi.body);
      return (_marks, look) => look[kind].includes(index);
    }
  }
}

/** The value of a formula of which some leaves have none: undefined if it depends on these. */
function threeValued(psi: Psi, leaf: (psi: Psi) => boolean | undefined): boolean | undefined {
  switch (psi.kind) {
    case 'constant':
      return psi.value;
    case 'not': {
      const body = threeValued(psi.body, leaf);
      return body === undefined ? undefined : !body;
    }
    case 'and':
    case 'or': {
      const parts = psi.parts.map((part) => threeValued(part, leaf));
      const decisive = psi.kind === 'or';
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    default:
      return leaf(psi);
  }
}

/** The value of a formula whatever was true before and earlier; undefined if it depends on that. */
const guessed = (terms: Terms, psi: Psi, marks: Marks, via: Guessed): boolean | undefined =>
  threeValued(psi, (leaf) => {
    if (leaf.kind === 'observation') return marks.includes(terms.indexOf(leaf));
    if (leaf.kind !== 'via') return undefined;
    const index = terms.past('via', leaf.body);
    if (via.certain.includes(index)) return true;
    return via.possible.includes(index) ? undefined : false;
  });

/** The value of an outcome by what is seen of copies; with `isOpen`, they may still do what has not been seen. */
const outcomeOf = (terms: Terms, outcome: Psi, marks: Marks, isOpen: boolean): boolean | undefined =>
  threeValued(outcome, (leaf) => marks.includes(terms.indexOf(leaf)) || (isOpen ? undefined : false));

export function watchedProperty(topology: Pick<Topology, 'hosts'>, form: Property['form']): WatchedProperty {
  const formulas = formulasOf(form);
  const observations = observationsOf(formulas);
  const terms = termsOf(observations);
  const premise = compiled(terms, form.premise);
  const conclusion = form.kind === 'always' ? compiled(terms, form.conclusion) : () => true;
  const whichOf = (kind: keyof Look, marks: Marks, look: Look): Marks =>
    terms.pasts[kind].flatMap((evaluate, i) => (evaluate(marks, look) ? [i] : []));
  const viaBodies = bodiesOfVia(formulas).map((body) => ({ body, index: terms.past('via', body) }));

  /** Whether a located packet that satisfies the premise may break the property. */
  const mayFail = (marks: Marks, via: Guessed, below: Marks | undefined): boolean => {
    switch (form.kind) {
      case 'always':
        return guessed(terms, form.conclusion, marks, via) !== true;
      case 'leadsTo':
        return below === undefined || outcomeOf(terms, form.outcome, below, false) === false;
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
      const isTrue = guessed(terms, form.premise, marks, via);
      const found = viaBodies.map(({ body, index }) => ({ index, value: guessed(terms, body, marks, via) }));
      const those = (value: boolean | undefined) =>
        found.flatMap((one) => (one.value === value || one.value === true ? [one.index] : []));
      return {
        maySatisfy: isTrue !== false,
        mayBreak: isTrue !== false && mayFail(marks, via, below),
        via: { certain: bothMarks(via.certain, those(true)), possible: bothMarks(via.possible, those(undefined)) },
      };
    },
    becomes: (marks, isOpen) => (form.kind === 'leadsTo' ? outcomeOf(terms, form.outcome, marks, isOpen) : true),
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
    partsOfPsi(psi).forEach(visit);
    if (psi.kind === 'via') found.push(psi.body);
  };
  formulas.forEach(visit);
  return found;
}

/** The one and the other, ascending. */
export const bothMarks = (a: Marks, b: Marks): Marks => {
  if (b.every((one) => a.includes(one))) return a;
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
};
