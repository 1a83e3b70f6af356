import type { Ast } from '../../src/language/ast.js';

/** A node of an AST that may be changed. */
interface Node {
  kind?: string;
  [key: string]: unknown;
}

/** A copy of a program with one edit, chosen by a number: a test, a value, an assignment, a branch, a declaration. */
export function edited(ast: Ast, choose: (count: number) => number): { readonly ast: Ast; readonly what: string } {
  const copy = structuredClone(ast) as unknown as Node;
  const edits = editsOf(copy);
  const { apply, what } = edits[choose(edits.length)]!;
  apply();
  return { ast: copy as unknown as Ast, what };
}

interface Edit {
  readonly what: string;
  readonly apply: () => void;
}

function editsOf(root: Node): Edit[] {
  const values = new Map<string, Node[]>();
  const numbers = new Set<number>();
  const visitAll = (node: unknown, visit: (node: Node) => void): void => {
    if (Array.isArray(node)) for (const one of node) visitAll(one, visit);
    else if (node !== null && typeof node === 'object') {
      visit(node as Node);
      for (const child of Object.values(node)) visitAll(child, visit);
    }
  };
  visitAll(root, (node) => {
    if (node.kind === 'test' || node.kind === 'assign') {
      const name = (node['field'] as { text: string }).text;
      values.set(name, [...(values.get(name) ?? []), node['value'] as Node]);
    }
    if (node.kind === 'testState') numbers.add(node['value'] as number);
    if (node.kind === 'state') for (const one of node['initial'] as number[]) numbers.add(one);
    if (node['components'] && node.kind === undefined)
      for (const one of node['components'] as Node[]) if (typeof one['value'] === 'number') numbers.add(one['value']);
  });
  const edits: Edit[] = [];
  visitAll(root, (node) => {
    for (const edit of editsOfNode(node, values, [...numbers])) edits.push(edit);
  });
  return edits;
}

function editsOfNode(node: Node, values: ReadonlyMap<string, readonly Node[]>, numbers: readonly number[]): Edit[] {
  const set = (key: string, to: unknown): Edit => ({
    what: `${node.kind ?? 'vector'}: ${key} becomes ${JSON.stringify(to, (name, one) => (name === 'span' ? undefined : one))}`,
    apply: () => {
      node[key] = to;
    },
  });
  switch (node.kind) {
    case 'test':
    case 'assign': {
      const others = values.get((node['field'] as { text: string }).text)!;
      const flip = node.kind === 'test' ? [set('equal', !node['equal'])] : [];
      return [...flip, ...others.map((value) => set('value', value))];
    }
    case 'testState':
      return [set('equal', !node['equal']), ...numbers.map((value) => set('value', value))];
    case 'testVector':
      return [set('equal', !node['equal'])];
    case 'and':
    case 'or':
    case 'sequence':
    case 'union': {
      const operands = node['operands'] as Node[];
      const fewer = operands.length > 2 ? operands.map((_, i) => set('operands', operands.toSpliced(i, 1))) : [];
      return [...fewer, set('operands', operands.toReversed())];
    }
    case 'state':
      return [
        set(
          'initial',
          (node['initial'] as number[]).map((value) => value + 1),
        ),
      ];
    case 'field': {
      const domain = node['values'] as Node[];
      return domain.length > 1 ? domain.map((_, i) => set('values', domain.toSpliced(i, 1))) : [];
    }
    case 'link':
      return 'bothWays' in node ? [set('bothWays', !node['bothWays'])] : [];
    case undefined: {
      const components = node['components'] as Node[] | undefined;
      if (!Array.isArray(components)) return [];
      return components.flatMap((one, i) =>
        numbers.map((value) => set('components', components.with(i, { ...one, value }))),
      );
    }
    default:
      return [];
  }
}
