/**
 * The parts of BMv2's JSON format that this tool writes (p4lang/behavioral-model, docs/JSON_format.md, version 2.24),
 * and small functions that make them. Every name is that of the format.
 */
export type FieldReference = readonly [header: string, field: string];

export type Argument =
  | { readonly type: 'field'; readonly value: FieldReference }
  | { readonly type: 'hexstr'; readonly value: string }
  | { readonly type: 'header' | 'register_array'; readonly value: string }
  | { readonly type: 'runtime_data'; readonly value: number }
  | { readonly type: 'expression'; readonly value: Bmv2Expression };

/** An operand of an expression. Inside expressions, the format calls runtime data `local`. */
export type Operand =
  | { readonly type: 'field'; readonly value: FieldReference }
  | { readonly type: 'hexstr'; readonly value: string }
  | { readonly type: 'local'; readonly value: number }
  | Bmv2Expression;

export interface Bmv2Expression {
  readonly type: 'expression';
  readonly value: {
    readonly op: string;
    readonly left: Operand | null;
    readonly right: Operand | null;
    readonly cond?: Operand;
  };
}

export interface Primitive {
  readonly op: string;
  readonly parameters: readonly Argument[];
}

export interface Action {
  readonly name: string;
  readonly id: number;
  readonly runtime_data: readonly { readonly name: string; readonly bitwidth: number }[];
  readonly primitives: readonly Primitive[];
}

export interface MatchKey {
  readonly match_type: 'exact' | 'ternary';
  readonly name: string;
  readonly target: FieldReference;
  readonly mask: null;
}

export interface TableEntry {
  readonly match_key: readonly {
    readonly match_type: 'exact' | 'ternary';
    readonly key: string;
    readonly mask?: string;
  }[];
  readonly action_entry: { readonly action_id: number; readonly action_data: readonly string[] };
  /** Of several entries that match, the one with the lowest number wins. */
  readonly priority: number;
}

export interface Table {
  readonly name: string;
  readonly id: number;
  readonly match_type: 'exact' | 'ternary';
  readonly type: 'simple';
  readonly max_size: number;
  readonly with_counters: false;
  readonly support_timeout: false;
  readonly direct_meters: null;
  readonly key: readonly MatchKey[];
  readonly action_ids: readonly number[];
  readonly actions: readonly string[];
  readonly next_tables: Readonly<Record<string, string | null>>;
  readonly default_entry: {
    readonly action_id: number;
    readonly action_const: boolean;
    readonly action_data: readonly string[];
    readonly action_entry_const: boolean;
  };
  readonly entries: readonly TableEntry[];
}

export interface Conditional {
  readonly name: string;
  readonly id: number;
  readonly expression: Bmv2Expression;
  readonly true_next: string | null;
  readonly false_next: string | null;
}

export interface Pipeline {
  readonly name: string;
  readonly id: number;
  readonly init_table: string | null;
  readonly tables: readonly Table[];
  readonly action_profiles: readonly never[];
  readonly conditionals: readonly Conditional[];
}

export const field = (header: string, name: string) => ({ type: 'field', value: [header, name] }) as const;

/** A number in hexadecimal, with as many bytes as its width needs. */
export const hex = (number: number | bigint, bits: number): string =>
  `0x${number.toString(16).padStart(Math.ceil(bits / 8) * 2, '0')}`;

export const constant = (number: number | bigint, bits: number) =>
  ({ type: 'hexstr', value: hex(number, bits) }) as const;

export const binary = (op: string, left: Operand, right: Operand): Bmv2Expression => ({
  type: 'expression',
  value: { op, left, right },
});

export const isValid = (header: string): Bmv2Expression => ({
  type: 'expression',
  // In the format `$valid$` is a number, but a condition is a Boolean: `d2b` converts the one to the other.
  value: { op: 'd2b', left: null, right: field(header, '$valid$') },
});

/** An expression as an argument, where the format wraps it a second time. */
export const wrapped = (expression: Bmv2Expression): Argument => ({ type: 'expression', value: expression });

export const assign = (header: string, name: string, value: Argument): Primitive => ({
  op: 'assign',
  parameters: [field(header, name), value],
});
