import fc from 'fast-check';
import type {
  Ast,
  Declaration,
  Expression,
  LocationNode,
  NaryKind,
  StateAssignment,
  ValueNode,
  VectorNode,
} from '../../src/language/ast.js';
import { fieldNames } from '../../src/netkat/fields.js';

/** Generated nodes stand nowhere in a text. */
const span = { start: 0, end: 0 };
const at = { span };

const small = fc.integer({ min: 0, max: 3 });
const location: fc.Arbitrary<LocationNode> = fc.record({ switch: small, port: small, span: fc.constant(span) });
const hostName = fc.constantFrom('H1', 'H2', 'other_host');
const letName = fc.constantFrom('web', 'out', 'x');
const field = fc.constantFrom(...fieldNames);

const value: fc.Arbitrary<ValueNode> = fc.oneof(
  fc.oneof(small, fc.constant(Number.MAX_SAFE_INTEGER)).map((n) => ({ kind: 'integer' as const, value: n, ...at })),
  fc
    .array(fc.integer({ min: 0, max: 300 }), { minLength: 4, maxLength: 4 })
    .map((octets) => ({ kind: 'ip' as const, octets, ...at })),
  fc.integer({ min: 0, max: 2 ** 48 - 1 }).map((n) => ({ kind: 'mac' as const, value: n, ...at })),
  hostName.map((name) => ({ kind: 'host' as const, name, ...at })),
);

const vector: fc.Arbitrary<VectorNode> = fc
  .array(fc.oneof(small, fc.constant('_' as const)), { minLength: 1, maxLength: 3 })
  .map((components) => ({ components: components.map((component) => ({ value: component, ...at })), ...at }));

const assignment: fc.Arbitrary<StateAssignment | undefined> = fc.option(
  fc.oneof(
    vector.map((v) => ({ kind: 'vector' as const, vector: v })),
    fc
      .tuple(small, small)
      .map(([component, n]) => ({ kind: 'component' as const, component: { value: component, ...at }, value: n })),
  ),
  { nil: undefined },
);

const fieldAtom = (
  names: fc.Arbitrary<string>,
  values: fc.Arbitrary<ValueNode>,
  kind: 'test' | 'assign',
): fc.Arbitrary<Expression> =>
  fc.tuple(names, values, fc.boolean()).map(([text, v, equal]) => ({
    kind,
    field: { text, ...at },
    equal: equal || kind === 'assign',
    value: v,
    ...at,
  }));

const integer = small.map((n) => ({ kind: 'integer' as const, value: n, ...at }));

const atom: fc.Arbitrary<Expression> = fc.oneof(
  fc.boolean().map((b) => ({ kind: 'constant' as const, value: b, ...at })),
  fieldAtom(field, value, 'test'),
  fieldAtom(field, value, 'assign'),
  fieldAtom(fc.constantFrom('sw', 'pt'), integer, 'test'),
  fieldAtom(fc.constant('pt'), integer, 'assign'),
  fc.tuple(small, fc.boolean(), small).map(([component, equal, n]) => ({
    kind: 'testState' as const,
    component: { value: component, ...at },
    equal,
    value: n,
    ...at,
  })),
  fc.tuple(vector, fc.boolean()).map(([v, equal]) => ({ kind: 'testVector' as const, vector: v, equal, ...at })),
  fc
    .tuple(location, location, assignment)
    .map(([from, to, a]) => ({ kind: 'link' as const, from, to, assignment: a, ...at })),
  letName.map((name) => ({ kind: 'name' as const, name, ...at })),
);

/** Keeps the invariant of ASTs: no operand of a node is of the node's own kind. */
const nary = (kind: NaryKind, operands: readonly Expression[]): Expression => ({
  kind,
  operands: operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand])),
  ...at,
});

/** Any expression of the grammar: sorts, names and values need not make sense, so `web* & pt<-1` is among them. */
const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom('not' as const, 'star' as const), tie('expression'))
      .map(([kind, body]) => ({ kind, body, ...at })),
    fc
      .tuple(
        fc.constantFrom<NaryKind>('and', 'or', 'sequence', 'union'),
        fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, operands]) => nary(kind, operands)),
  ),
})).expression;

const declaration: fc.Arbitrary<Declaration> = fc.oneof(
  fc
    .record({
      name: hostName,
      place: location,
      ip: fc.option(value, { nil: undefined }),
      mac: fc.option(value, { nil: undefined }),
    })
    .map(({ name, place, ip, mac }) => ({
      kind: 'host' as const,
      name: { text: name, ...at },
      at: place,
      ip,
      mac,
      ...at,
    })),
  fc
    .tuple(location, location, fc.boolean())
    .map(([from, to, bothWays]) => ({ kind: 'link' as const, from, to, bothWays, ...at })),
  fc
    .tuple(field, fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([text, values]) => ({ kind: 'field' as const, name: { text, ...at }, values, ...at })),
  fc.array(small, { minLength: 1, maxLength: 3 }).map((initial) => ({ kind: 'state' as const, initial, ...at })),
  fc
    .array(
      small.map((n) => ({ value: n, ...at })),
      { minLength: 1, maxLength: 3 },
    )
    .map((components) => ({ kind: 'ordered' as const, components, ...at })),
  fc
    .tuple(letName, arbitraryExpression)
    .map(([text, body]) => ({ kind: 'let' as const, name: { text, ...at }, body, ...at })),
);

/** Any AST that the parser could return; most do not elaborate. */
export const arbitraryAst: fc.Arbitrary<Ast> = fc.record({
  declarations: fc.array(declaration, { maxLength: 5 }),
  policy: arbitraryExpression,
});

/** A network to write programs over: every switch has one host port, and `links` go both ways. */
interface Network {
  /** The host port of switch i + 1. */
  readonly hostPorts: readonly number[];
  readonly links: readonly (readonly [from: string, to: string])[];
}

const networks: readonly Network[] = [
  { hostPorts: [2, 2], links: [['1:1', '2:1']] },
  {
    hostPorts: [2, 3, 2],
    links: [
      ['1:1', '2:1'],
      ['2:2', '3:1'],
    ],
  },
  {
    hostPorts: [3, 3, 3],
    links: [
      ['1:1', '2:2'],
      ['2:1', '3:2'],
      ['3:1', '1:2'],
    ],
  },
];

const switchOf = (place: string): number => Number(place.split(':')[0]);
const portOf = (place: string): number => Number(place.split(':')[1]);

/**
 * Small well-formed programs as text: 2 or 3 switches, a host at each, fields of few values so that collisions happen,
 * one or two state components with values 0 to 2. Branches follow links from host port to host port, so nearly all
 * elaborate, and many are accepted by the later checks.
 */
export const arbitraryProgramText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...networks), fc.integer({ min: 1, max: 2 }))
  .chain(([network, components]) => programText(network, components));

function programText(network: Network, components: number): fc.Arbitrary<string> {
  const hosts = network.hostPorts.map((port, i) => `host H${i + 1} @ ${i + 1}:${port};`);
  const links = network.links.map(([a, b]) => `link ${a} <-> ${b};`);
  const domain = fc.constantFrom('', 'field vlan_id in {0, 1};\n');
  const state = `state [${Array.from({ length: components }, () => 0).join(', ')}];`;
  return fc
    .tuple(domain, fc.array(branch(network, components), { minLength: 1, maxLength: 3 }))
    .map(([field, branches]) =>
      [...hosts, ...links, `${field}${state}`, 'policy', `  ${branches.join('\n+ ')}`, ''].join('\n'),
    );
}

/** `sw=1 & pt=2; test; pt<-1; link; …; pt<-2`: one way through the network, of one or two links. */
function branch(network: Network, components: number): fc.Arbitrary<string> {
  const edges = network.links.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
  return fc
    .tuple(
      fc.constantFrom(...edges),
      fc.option(fc.nat(), { nil: undefined }),
      fc.array(crossing(components), { minLength: 2, maxLength: 2 }),
      fc.oneof(predicate(network, components), fc.constant('true')),
    )
    .map(([first, second, crossings, test]) => {
      const onward = edges.filter(([from]) => switchOf(from) === switchOf(first[1]));
      const path = second === undefined ? [first] : [first, onward[second % onward.length]!];
      const hops = path.map(([from, to], i) => `pt<-${portOf(from)}; ${crossings[i]!(`(${from})->(${to})`)}`);
      const entry = switchOf(first[0]);
      const exit = switchOf(path[path.length - 1]![1]);
      const ports = network.hostPorts;
      return `sw=${entry} & pt=${ports[entry - 1]}; ${test}; ${hops.join('; ')}; pt<-${ports[exit - 1]}`;
    });
}

const stateValue = fc.integer({ min: 0, max: 2 });
const stateTest = (components: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.nat({ max: components - 1 }), fc.constantFrom('=', '!='), stateValue)
      .map(([i, op, n]) => `state(${i})${op}${n}`),
    fc
      .tuple(
        fc.constantFrom('=', '!='),
        fc.array(fc.oneof(stateValue, fc.constant('_')), { minLength: components, maxLength: components }),
      )
      .map(([op, values]) => `state${op}[${values.join(',')}]`),
  );

/** How a link is crossed: plainly, always with an event, with an event in some states, or after an assignment. */
function crossing(components: number): fc.Arbitrary<(link: string) => string> {
  const assigned = fc.tuple(fc.nat({ max: components - 1 }), stateValue).map(([i, n]) => `state(${i})<-${n}`);
  return fc.oneof(
    fc.constant((link: string) => link),
    assigned.map((a) => (link: string) => `${link}-><${a}>`),
    fc.tuple(stateTest(components), assigned).map(
      ([test, a]) =>
        (link: string) =>
          `( ${test}; ${link}-><${a}> + !${test}; ${link} )`,
    ),
    fc.integer({ min: 0, max: 1 }).map((n) => (link: string) => `vlan_id<-${n}; ${link}`),
  );
}

/** A test over few fields and values, with every operator. */
function predicate(network: Network, components: number): fc.Arbitrary<string> {
  const host = fc.integer({ min: 1, max: network.hostPorts.length }).map((i) => `H${i}`);
  const op = fc.constantFrom('=', '!=');
  return fc.letrec<{ test: string }>((tie) => ({
    test: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.tuple(op, host).map(([o, h]) => `ip_dst${o}${h}`),
      fc.tuple(op, fc.integer({ min: 0, max: 1 })).map(([o, n]) => `vlan_id${o}${n}`),
      stateTest(components),
      tie('test').map((a) => `!(${a})`),
      fc.tuple(tie('test'), fc.constantFrom('&', '|'), tie('test')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    ),
  })).test;
}
