import type { Field } from '../netkat/fields.js';
import type { LinkAtom, NetkatAtom, Policy, Span } from '../netkat/policy.js';
import type { Topology } from '../netkat/topology.js';
import type { HostAddresses } from './addresses.js';
import type { Property, StateVector } from './property.js';

export type { StateVector } from './property.js';

/** `state(component) = value`, or `!=` where `equal` is false. */
export interface StateTest {
  readonly kind: 'testState';
  readonly component: number;
  readonly equal: boolean;
  readonly value: number;
}

/** A link that assigns some components of the state: `(a:b)->(c:d)-><state(i)<-n>`. */
export interface StateLink extends Omit<LinkAtom, 'kind'> {
  readonly kind: 'stateLink';
  readonly assignments: readonly { readonly component: number; readonly value: number }[];
}

/** An atom of Stateful NetKAT (paper Figure 4). */
export type StatefulAtom = NetkatAtom | StateTest | StateLink;

/** A branch of the policy: an operand of a `+`, or the whole policy. */
export interface PolicyBranch {
  readonly span: Span;
  /** The branch that it is in; undefined for the whole policy. */
  readonly parent: number | undefined;
  /** Whether a packet may pass it without a test, an assignment or a link: by `true`, or by a `*`. */
  readonly mayDoNothing: boolean;
}

/** The branches of a policy, each after the one that it is in; a `let` has some for each place where it is used. */
export interface PolicyBranches {
  readonly all: readonly PolicyBranch[];
  /** The innermost branch of each atom of the policy. */
  readonly of: ReadonlyMap<StatefulAtom, number>;
}

/** A program whose names are resolved: what every later room works on (spec 1.1, 1.2). */
export interface Program {
  readonly topology: Topology;
  /** The addresses of each host, by its name. */
  readonly addresses: ReadonlyMap<string, HostAddresses>;
  /** The fields that the program declares or mentions, sorted by name. */
  readonly fields: readonly Field[];
  readonly initial: StateVector;
  /** The components of each `ordered` declaration (spec 2.5). */
  readonly ordered: readonly (readonly number[])[];
  /** What its author wants to know of it (spec 6), in the order of the text, those of a file beside it last. */
  readonly properties: readonly Property[];
  readonly policy: Policy<StatefulAtom>;
  /** `occurrences[i]` is where link occurrence `i + 1` stands in the text. */
  readonly occurrences: readonly Span[];
  readonly branches: PolicyBranches;
}
