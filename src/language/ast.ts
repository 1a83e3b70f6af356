import type { Span } from '../netkat/policy.js';

/**
 * The abstract syntax of `.snk` files (spec 1.1; paper Figure 4), each node with its place in the text.
 *
 * Invariants of an AST that the parser returns: `and`, `or`, `sequence` and `union` have at least two operands, none of
 * which is of the operator's own kind (`(a+b)+c` is one union of three), and expressions nest at most `maxDepth`
 * levels, so that passes over them may recurse. Parentheses and comments leave no trace; short names of fields (`src`,
 * `port`) stand there in full, and `drop` and `id` as `false` and `true`.
 */
export interface Ast {
  readonly declarations: readonly Declaration[];
  readonly policy: Expression;
}

/** A name, with its place in the text. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A non-negative integer, with its place in the text. */
export interface Numeral {
  readonly value: number;
  readonly span: Span;
}

/** `switch:port`; in a link of the policy the span includes the parentheses. */
export interface LocationNode {
  readonly switch: number;
  readonly port: number;
  readonly span: Span;
}

/**
 * A value of a header field, as it is spelled. A `mac` is held as its 48-bit number, an `ip` as four numbers that are
 * not yet checked.
 */
export type ValueNode =
  | { readonly kind: 'integer'; readonly value: number; readonly span: Span }
  | { readonly kind: 'ip'; readonly octets: readonly number[]; readonly span: Span }
  | { readonly kind: 'mac'; readonly value: number; readonly span: Span }
  | { readonly kind: 'host'; readonly name: string; readonly span: Span };

/**
 * One component of a written state vector; `_` is a component that a test does not look at, or that an assignment
 * leaves as it is.
 */
export interface VectorComponent {
  readonly value: number | '_';
  readonly span: Span;
}

/** `[n, _, …]`. */
export interface VectorNode {
  readonly components: readonly VectorComponent[];
  readonly span: Span;
}

export interface HostDeclaration {
  readonly kind: 'host';
  readonly name: Name;
  readonly at: LocationNode;
  readonly ip: ValueNode | undefined;
  readonly mac: ValueNode | undefined;
  readonly span: Span;
}

export interface LinkDeclaration {
  readonly kind: 'link';
  readonly from: LocationNode;
  readonly to: LocationNode;
  readonly bothWays: boolean;
  readonly span: Span;
}

export interface FieldDeclaration {
  readonly kind: 'field';
  readonly name: Name;
  readonly values: readonly ValueNode[];
  readonly span: Span;
}

export interface StateDeclaration {
  readonly kind: 'state';
  readonly initial: readonly number[];
  readonly span: Span;
}

/** `ordered state(0), state(1);`: the events of the block of these components are named by their order (spec 2.5). */
export interface OrderedDeclaration {
  readonly kind: 'ordered';
  readonly components: readonly Numeral[];
  readonly span: Span;
}

export interface LetDeclaration {
  readonly kind: 'let';
  readonly name: Name;
  readonly body: Expression;
  readonly span: Span;
}

/** What is seen of a located packet (spec 6.1). */
export interface ObservationNode {
  readonly kind: 'observation';
  readonly what: 'sent' | 'at' | 'delivered' | 'dropped';
  /** H of `sent by H` and `delivered to H`, which may be `nobody`; undefined where any host will do. */
  readonly host: Name | undefined;
  /** The place of `at n:m`, `at n` and `dropped at n`; undefined where any will do. */
  readonly at: { readonly switch: number; readonly port: number | undefined; readonly span: Span } | undefined;
  /** The test after `with`. */
  readonly test: Expression | undefined;
  readonly span: Span;
}

/** Operators that look back from a located packet (spec 6.2). */
export type PastKind = 'before' | 'earlier' | 'via';

/** A formula about located packets (spec 6.2), flat like expressions. */
export type FormulaNode =
  | ObservationNode
  | { readonly kind: 'constant'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'not' | PastKind; readonly body: FormulaNode; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FormulaNode[]; readonly span: Span };

/** The forms of properties (spec 6.3). */
export type FormNode =
  | { readonly kind: 'always'; readonly premise: FormulaNode; readonly conclusion: FormulaNode }
  | { readonly kind: 'never'; readonly premise: FormulaNode }
  | { readonly kind: 'leadsTo'; readonly premise: FormulaNode; readonly outcome: FormulaNode }
  | { readonly kind: 'atMost'; readonly most: Numeral; readonly premise: FormulaNode }
  | {
      readonly kind: 'inState';
      readonly state: VectorNode | 'every';
      readonly premise: FormulaNode;
      readonly outcome: FormulaNode;
    };

/** `property NAME: …;`: what the author of a program wants to know of it (spec 6.3). */
export interface PropertyDeclaration {
  readonly kind: 'property';
  readonly name: Name;
  readonly form: FormNode;
  readonly span: Span;
}

export type Declaration =
  | HostDeclaration
  | LinkDeclaration
  | FieldDeclaration
  | StateDeclaration
  | OrderedDeclaration
  | LetDeclaration
  | PropertyDeclaration;

/** What a link of the policy assigns: the whole vector, or one component. */
export type StateAssignment =
  | { readonly kind: 'vector'; readonly vector: VectorNode }
  | { readonly kind: 'component'; readonly component: Numeral; readonly value: number };

export interface LinkExpression {
  readonly kind: 'link';
  readonly from: LocationNode;
  readonly to: LocationNode;
  readonly assignment: StateAssignment | undefined;
  readonly span: Span;
}

/**
 * Tests and policies share one type: whether a name stands for a test depends on the body of its `let`, which the
 * grammar cannot see.
 */
export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean; readonly span: Span }
  | {
      readonly kind: 'test' | 'assign';
      /** The name of a header field, or `sw`, or `pt`. */
      readonly field: Name;
      /** `false` for `!=`; `true` in assignments. */
      readonly equal: boolean;
      readonly value: ValueNode;
      readonly span: Span;
    }
  | {
      readonly kind: 'testState';
      readonly component: Numeral;
      readonly equal: boolean;
      readonly value: number;
      readonly span: Span;
    }
  | { readonly kind: 'testVector'; readonly equal: boolean; readonly vector: VectorNode; readonly span: Span }
  | LinkExpression
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'not' | 'star'; readonly body: Expression; readonly span: Span }
  | { readonly kind: NaryKind; readonly operands: readonly Expression[]; readonly span: Span }
  /** A place where the text is broken; an AST that is returned to a caller has none. */
  | { readonly kind: 'hole'; readonly span: Span };

export type NaryKind = 'and' | 'or' | 'sequence' | 'union';

/** How many levels of nesting a policy may have, as written and after expansion; `a;b;c` and the like are one level. */
export const maxDepth = 500;
