/**
 * A program in BMv2's JSON format, as far as the embedded interpreter knows it (p4lang/behavioral-model,
 * docs/JSON_format.md, 2.24).
 */
export interface SwitchProgram {
  readonly headerTypes: ReadonlyMap<string, readonly HeaderField[]>;
  readonly headers: readonly { readonly name: string; readonly type: string; readonly isMetadata: boolean }[];
  readonly parser: { readonly start: string; readonly states: ReadonlyMap<string, ParseState> };
  readonly deparser: readonly string[];
  readonly registers: readonly { readonly name: string; readonly size: number; readonly bits: number }[];
  readonly actions: ReadonlyMap<number, Action>;
  readonly ingress: Pipeline;
  readonly egress: Pipeline;
  readonly calculations: ReadonlyMap<string, readonly CalculationInput[]>;
  readonly checksums: readonly Checksum[];
  /** The field of this program to which each name of the architecture refers. */
  readonly aliases: ReadonlyMap<string, FieldPath>;
}

export interface HeaderField {
  readonly name: string;
  readonly bits: number;
}

export type FieldPath = readonly [header: string, field: string];

/** An expression with a value; `parameter` is one of the parameters that an entry gives to its action. */
export type Operand =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'field'; readonly field: FieldPath }
  | { readonly kind: 'parameter'; readonly index: number }
  | {
      readonly kind: 'operation';
      readonly op: string;
      readonly left: Operand | undefined;
      readonly right: Operand | undefined;
      readonly condition: Operand | undefined;
    };

export interface ParseState {
  readonly name: string;
  readonly steps: readonly (
    | { readonly op: 'extract'; readonly header: string }
    | { readonly op: 'set'; readonly field: FieldPath; readonly value: Operand }
  )[];
  readonly key: readonly FieldPath[];
  /** The first transition whose masked value equals the masked key is taken; one without a value is the default. */
  readonly transitions: readonly {
    readonly value: bigint | undefined;
    readonly mask: bigint | undefined;
    readonly next: string | undefined;
  }[];
}

/** A primitive with its arguments; names of headers and register arrays are texts. */
export interface Primitive {
  readonly op: string;
  readonly arguments: readonly (Operand | string)[];
}

export interface Action {
  readonly name: string;
  readonly parameterBits: readonly number[];
  readonly primitives: readonly Primitive[];
}

export interface ActionCall {
  readonly action: number;
  readonly parameters: readonly bigint[];
}

export interface TableEntry {
  readonly key: readonly { readonly value: bigint; readonly mask: bigint | undefined }[];
  /** Of several entries that match, the one of lowest priority number is applied. */
  readonly priority: number;
  readonly call: ActionCall;
}

export interface Table {
  readonly kind: 'table';
  readonly name: string;
  readonly key: readonly FieldPath[];
  readonly entries: readonly TableEntry[];
  readonly otherwise: ActionCall;
  /** The next table or condition, by the name of the action that ran. */
  readonly next: ReadonlyMap<string, string | undefined>;
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly name: string;
  readonly condition: Operand;
  readonly yes: string | undefined;
  readonly no: string | undefined;
}

export interface Pipeline {
  readonly name: string;
  readonly start: string | undefined;
  readonly nodes: ReadonlyMap<string, Table | Conditional>;
}

export type CalculationInput =
  | { readonly kind: 'field'; readonly field: FieldPath }
  | { readonly kind: 'constant'; readonly value: bigint; readonly bits: number }
  | { readonly kind: 'payload' };

export interface Checksum {
  readonly target: FieldPath;
  readonly calculation: string;
  readonly condition: Operand | undefined;
}
