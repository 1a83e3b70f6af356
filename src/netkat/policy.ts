/**
 * Policies as terms over atoms (paper §3.2, Figure 4; spec 1.1).
 *
 * The type is generic in its atoms, so that plain NetKAT (this room) and Stateful NetKAT (`events/`) share one shape.
 * Tests are policies too: `a & b` is `a; b`, `a | b` is `a + b`, and `!` has been pushed to the atoms.
 */
export type Policy<Atom> =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'sequence'; readonly parts: readonly Policy<Atom>[] }
  | { readonly kind: 'union'; readonly parts: readonly Policy<Atom>[] }
  | { readonly kind: 'star'; readonly body: Policy<Atom> };

/** A half-open range of UTF-16 offsets into the program's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A location `switch:port` (spec 1.2). */
export interface Location {
  readonly switch: number;
  readonly port: number;
}

/**
 * An atom of plain NetKAT. `field` and `value` are indices: into the program's fields and into that field's domain.
 * `true` and `false` are the empty sequence and the empty union.
 */
export type NetkatAtom =
  | { readonly kind: 'test'; readonly field: number; readonly equal: boolean; readonly value: number }
  | { readonly kind: 'testSwitch'; readonly equal: boolean; readonly switch: number }
  | { readonly kind: 'testPort'; readonly equal: boolean; readonly port: number }
  | { readonly kind: 'assign'; readonly field: number; readonly value: number }
  | { readonly kind: 'assignPort'; readonly port: number }
  | LinkAtom;

/**
 * A link written in the policy. `occurrence` (from 1) numbers the link occurrences of the text and is the *position* of
 * a packet that has just crossed it; 0 is the position of a packet that enters (spec 1.4).
 */
export interface LinkAtom {
  readonly kind: 'link';
  readonly occurrence: number;
  readonly from: Location;
  readonly to: Location;
}

/** The policy that passes every packet on (`true`, `id`). */
export const identity: Policy<never> = { kind: 'sequence', parts: [] };

/** The policy that passes no packet on (`false`, `drop`). */
export const drop: Policy<never> = { kind: 'union', parts: [] };

/** The policy with another policy in the place of each atom. */
export function mapAtoms<From, To>(policy: Policy<From>, image: (atom: From) => Policy<To>): Policy<To> {
  switch (policy.kind) {
    case 'atom':
      return image(policy.atom);
    case 'sequence':
      return { kind: 'sequence', parts: policy.parts.map((part) => mapAtoms(part, image)) };
    case 'union':
      return { kind: 'union', parts: policy.parts.map((part) => mapAtoms(part, image)) };
    case 'star':
      return { kind: 'star', body: mapAtoms(policy.body, image) };
  }
}
