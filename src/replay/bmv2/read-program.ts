import { type Json, json } from './json.js';
import type {
  Action,
  ActionCall,
  CalculationInput,
  Checksum,
  Conditional,
  FieldPath,
  Operand,
  ParseState,
  Pipeline,
  Primitive,
  SwitchProgram,
  Table,
  TableEntry,
} from './program.js';

/** Reads a program. @throws BadProgram, naming what is wrong or not known */
export function readSwitchProgram(document: unknown): SwitchProgram {
  const root = json(document, 'program');
  const version = root
    .at('__meta__')
    .at('version')
    .items()
    .map((v) => v.number());
  if (version[0] !== 2 || (version[1] ?? 0) > 24) root.fail(`version ${version.join('.')} is not 2.0 to 2.24`);
  const actions = new Map(
    root
      .at('actions')
      .items()
      .map((a) => [a.at('id').number(), readAction(a)]),
  );
  const named = <T>(part: string, name: string, read: (j: Json) => T): T => {
    const found = root
      .at(part)
      .items()
      .find((j) => j.at('name').text() === name);
    return read(found ?? root.at(part).fail(`there is no \`${name}\``));
  };
  return {
    headerTypes: new Map(
      root
        .at('header_types')
        .items()
        .map((type) => [
          type.at('name').text(),
          type
            .at('fields')
            .items()
            .map((f) => {
              const [name, bits] = f.items();
              return { name: name!.text(), bits: bits!.number() };
            }),
        ]),
    ),
    headers: root
      .at('headers')
      .items()
      .map((h) => ({
        name: h.at('name').text(),
        type: h.at('header_type').text(),
        isMetadata: h.at('metadata').flag(),
      })),
    parser: named('parsers', 'parser', (parser) => ({
      start: parser.at('init_state').text(),
      states: new Map(
        parser
          .at('parse_states')
          .items()
          .map((s) => [s.at('name').text(), readState(s)]),
      ),
    })),
    deparser: named('deparsers', 'deparser', (d) =>
      d
        .at('order')
        .items()
        .map((h) => h.text()),
    ),
    registers: root
      .at('register_arrays')
      .items()
      .map((r) => ({
        name: r.at('name').text(),
        size: r.at('size').number(),
        bits: r.at('bitwidth').number(),
      })),
    actions,
    ingress: named('pipelines', 'ingress', (p) => readPipeline(p, actions)),
    egress: named('pipelines', 'egress', (p) => readPipeline(p, actions)),
    calculations: new Map(
      root
        .at('calculations')
        .items()
        .map((c) => [c.at('name').text(), readCalculation(c)]),
    ),
    checksums: root.at('checksums').items().filter(isUpdated).map(readChecksum),
    aliases: new Map(
      root
        .at('field_aliases')
        .items()
        .map((alias) => {
          const [name, place] = alias.items();
          return [name!.text(), readField(place!)];
        }),
    ),
  };
}

function readField(j: Json): FieldPath {
  const [header, field] = j.items();
  if (!header || !field) return j.fail('a header and a field are wanted');
  return [header.text(), field.text()];
}

/** A type-value object; `local` and `runtime_data` are both parameters. */
function readValue(j: Json): Operand {
  const type = j.at('type').text();
  const value = j.at('value');
  switch (type) {
    case 'hexstr':
      return { kind: 'constant', value: value.hex() };
    case 'field':
      return { kind: 'field', field: readField(value) };
    case 'local':
    case 'runtime_data':
      return { kind: 'parameter', index: value.number() };
    case 'expression': {
      if (value.has('type')) return readValue(value);
      const side = (key: string): Operand | undefined =>
        !value.has(key) || value.at(key).isNull ? undefined : readValue(value.at(key));
      return {
        kind: 'operation',
        op: value.at('op').text(),
        left: side('left'),
        right: side('right'),
        condition: side('cond'),
      };
    }
    default:
      return j.fail(`values of type ${type} are not known here`);
  }
}

const isName = (type: string): boolean => type === 'header' || type === 'register_array';

function readAction(j: Json): Action {
  const primitives = j
    .at('primitives')
    .items()
    .map(
      (p): Primitive => ({
        op: p.at('op').text(),
        arguments: p
          .at('parameters')
          .items()
          .map((a) => (isName(a.at('type').text()) ? a.at('value').text() : readValue(a))),
      }),
    );
  const parameterBits = j
    .at('runtime_data')
    .items()
    .map((d) => d.at('bitwidth').number());
  return { name: j.at('name').text(), parameterBits, primitives };
}

function readState(j: Json): ParseState {
  const steps = j
    .at('parser_ops')
    .items()
    .map((op): ParseState['steps'][number] => {
      const [first, second] = op.at('parameters').items();
      switch (op.at('op').text()) {
        case 'extract':
          return { op: 'extract', header: first!.at('value').text() };
        case 'set':
          return { op: 'set', field: readField(first!.at('value')), value: readValue(second!) };
        default:
          return op.fail(`the parser operation ${op.at('op').text()} is not known here`);
      }
    });
  const transitions = j
    .at('transitions')
    .items()
    .map((t) => {
      const isDefault = t.at('type').text() === 'default';
      return {
        value: isDefault ? undefined : t.at('value').hex(),
        mask: isDefault || t.at('mask').isNull ? undefined : t.at('mask').hex(),
        next: t.at('next_state').textOrNothing(),
      };
    });
  return {
    name: j.at('name').text(),
    steps,
    key: j
      .at('transition_key')
      .items()
      .map((k) => readField(k.at('value'))),
    transitions,
  };
}

function readPipeline(j: Json, actions: ReadonlyMap<number, Action>): Pipeline {
  const call = (data: Json): ActionCall => {
    const id = data.at('action_id').number();
    const action = actions.get(id) ?? data.fail(`there is no action ${id}`);
    const parameters = data
      .at('action_data')
      .items()
      .map((p) => p.hex());
    if (parameters.length !== action.parameterBits.length)
      data.fail(`${action.name} wants ${action.parameterBits.length} parameters, not ${parameters.length}`);
    return { action: id, parameters };
  };
  const table = (t: Json): Table => {
    const name = t.at('name').text();
    return {
      kind: 'table',
      name,
      key: t
        .at('key')
        .items()
        .map((k) => readField(k.at('target'))),
      entries: t.has('entries')
        ? t
            .at('entries')
            .items()
            .map((e) => readEntry(e, call))
        : [],
      otherwise: call(t.at('default_entry')),
      next: new Map(
        t
          .at('next_tables')
          .entries()
          .map(([action, next]) => [action, next.textOrNothing()]),
      ),
    };
  };
  const conditional = (c: Json): Conditional => ({
    kind: 'conditional',
    name: c.at('name').text(),
    condition: readValue(c.at('expression')),
    yes: c.at('true_next').textOrNothing(),
    no: c.at('false_next').textOrNothing(),
  });
  const nodes = [...j.at('tables').items().map(table), ...j.at('conditionals').items().map(conditional)];
  return {
    name: j.at('name').text(),
    start: j.at('init_table').textOrNothing(),
    nodes: new Map(nodes.map((node) => [node.name, node])),
  };
}

const readEntry = (j: Json, call: (data: Json) => ActionCall): TableEntry => ({
  key: j
    .at('match_key')
    .items()
    .map((k) => ({
      value: k.at('key').hex(),
      mask: k.at('match_type').text() === 'ternary' ? k.at('mask').hex() : undefined,
    })),
  priority: j.at('priority').number(),
  call: call(j.at('action_entry')),
});

function readCalculation(j: Json): CalculationInput[] {
  if (j.at('algo').text() !== 'csum16') j.at('algo').fail('no other algorithm than csum16 is known here');
  return j
    .at('input')
    .items()
    .map((input): CalculationInput => {
      switch (input.at('type').text()) {
        case 'field':
          return { kind: 'field', field: readField(input.at('value')) };
        case 'hexstr':
          return { kind: 'constant', value: input.at('value').hex(), bits: input.at('bitwidth').number() };
        case 'payload':
          return { kind: 'payload' };
        default:
          return input.fail(`inputs of type ${input.at('type').text()} are not known here`);
      }
    });
}

const isUpdated = (j: Json): boolean => !j.has('update') || j.at('update').flag();

const readChecksum = (j: Json): Checksum => ({
  target: readField(j.at('target')),
  calculation: j.at('calculation').text(),
  condition: !j.has('if_cond') || j.at('if_cond').isNull ? undefined : readValue(j.at('if_cond')),
});
