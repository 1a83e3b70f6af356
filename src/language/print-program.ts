import { showAddress } from '../netkat/addresses.js';
import { showLocation } from '../netkat/topology.js';
import type { Ast, Declaration, Expression, StateAssignment, ValueNode, VectorNode } from './ast.js';
import { type Printing, printProperty } from './print-property.js';

const lineColumns = 100;

/**
 * A program as text, one declaration a line, that parses back to the same AST (`sameAst`). Parentheses stand only where
 * the grammar needs them, and around `&` and `|` below `*`, where they help a reader.
 */
export function printProgram(ast: Ast): string {
  const lines = [...ast.declarations.map(printDeclaration), 'policy', printPolicy(ast.policy)];
  return `${lines.join('\n')}\n`;
}

/** How properties print what they have in common with policies; a test by itself needs no parentheses. */
export const printing: Printing = {
  test: (test) => (test.kind === 'test' ? printAtom(test) : `(${docOf(test).flat})`),
  vector: (vector) => `[${vector.join(', ')}]`,
};

function printDeclaration(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'host': {
      const { name, at, ip, mac } = declaration;
      const addresses = (ip ? ` ip ${printValue(ip)}` : '') + (mac ? ` mac ${printValue(mac)}` : '');
      return `host ${name.text} @ ${showLocation(at)}${addresses};`;
    }
    case 'link': {
      const { from, to, bothWays } = declaration;
      return `link ${showLocation(from)} ${bothWays ? '<->' : '->'} ${showLocation(to)};`;
    }
    case 'field':
      return `field ${declaration.name.text} in {${declaration.values.map(printValue).join(', ')}};`;
    case 'state':
      return `state [${declaration.initial.join(', ')}];`;
    case 'ordered':
      return `ordered ${declaration.components.map(({ value }) => `state(${value})`).join(', ')};`;
    case 'property':
      return printProperty(declaration, printing);
    case 'let': {
      const head = `let ${declaration.name.text} = `;
      // A `;` outside parentheses would end the body.
      const { body } = declaration;
      const hasSequence = (e: Expression): boolean =>
        e.kind === 'sequence' || (e.kind === 'union' && e.operands.some(hasSequence));
      const doc = hasSequence(body) ? parenthesised(docOf(body)) : docOf(body);
      return `${head}${layout(doc, head.length, 2, ';'.length)};`;
    }
  }
}

/** The policy, with each operand of its outermost `+` on a line of its own. */
function printPolicy(policy: Expression): string {
  const parts = policy.kind === 'union' ? policy.operands : [policy];
  const docs = parts.map((part) => atLevel(part, levels.union));
  return docs.map((doc, i) => `${i === 0 ? '  ' : '+ '}${layout(doc, 2, 4, 0)}`).join('\n');
}

/** The text of an expression on one line, and broken over several lines. */
interface Doc {
  readonly flat: string;
  /** `indent` is the indentation of the lines after the first. */
  readonly broken: (indent: number) => string;
}

const layout = ({ flat, broken }: Doc, column: number, indent: number, after: number): string =>
  column + flat.length + after <= lineColumns ? flat : broken(indent);

/** How loosely each kind binds: an operand needs no parentheses if it binds tighter than its operator. */
const levels = { union: 0, sequence: 1, star: 2, or: 3, and: 4, not: 5, atom: 6 } as const;

const levelOf = (expression: Expression): number =>
  expression.kind in levels ? levels[expression.kind as keyof typeof levels] : levels.atom;

/**
 * An operand of an operator of this level. One of the same kind, which the parser would merge, needs no parentheses
 * either.
 */
function atLevel(expression: Expression, level: number): Doc {
  return levelOf(expression) >= level ? docOf(expression) : parenthesised(docOf(expression));
}

function parenthesised({ flat, broken }: Doc): Doc {
  return { flat: `(${flat})`, broken: (indent) => `( ${broken(indent + 2)} )` };
}

const unbroken = (flat: string): Doc => ({ flat, broken: () => flat });

function docOf(expression: Expression): Doc {
  switch (expression.kind) {
    case 'not': {
      const body = atLevel(expression.body, levels.not);
      return { flat: `!${body.flat}`, broken: (indent) => `!${body.broken(indent + 1)}` };
    }
    case 'star': {
      const { body } = expression;
      const isTest = body.kind === 'and' || body.kind === 'or';
      const doc = isTest ? parenthesised(docOf(body)) : atLevel(body, levels.star);
      return { flat: `${doc.flat}*`, broken: (indent) => `${doc.broken(indent)}*` };
    }
    case 'and':
      return filled(
        expression.operands.map((operand) => atLevel(operand, levels.and)),
        ' & ',
      );
    case 'or':
      return filled(
        expression.operands.map((operand) => atLevel(operand, levels.or)),
        ' | ',
      );
    case 'sequence':
      return filled(
        expression.operands.map((operand) => atLevel(operand, levels.sequence)),
        '; ',
      );
    case 'union': {
      const parts = expression.operands.map((operand) => atLevel(operand, levels.union));
      return {
        flat: parts.map(({ flat }) => flat).join(' + '),
        broken: (indent) =>
          parts.map((part) => layout(part, indent, indent + 2, 0)).join(`\n${' '.repeat(Math.max(0, indent - 2))}+ `),
      };
    }
    default:
      return unbroken(printAtom(expression));
  }
}

/** Operands side by side, on as many lines as they need. */
function filled(parts: readonly Doc[], separator: string): Doc {
  return {
    flat: parts.map(({ flat }) => flat).join(separator),
    broken(indent) {
      let text = '';
      let column = indent;
      parts.forEach((part, i) => {
        const fits = column + part.flat.length + separator.length <= lineColumns;
        if (i > 0) {
          text += fits ? separator : `${separator.trimEnd()}\n${' '.repeat(indent)}`;
          column = fits ? column + separator.length : indent;
        }
        const shown = layout(part, column, indent, separator.length);
        text += shown;
        const lastLine = shown.lastIndexOf('\n');
        column = lastLine < 0 ? column + shown.length : shown.length - lastLine - 1;
      });
      return text;
    },
  };
}

function printAtom(expression: Expression): string {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'test':
      return `${expression.field.text}${equality(expression.equal)}${printValue(expression.value)}`;
    case 'assign':
      return `${expression.field.text}<-${printValue(expression.value)}`;
    case 'testState':
      return `state(${expression.component.value})${equality(expression.equal)}${expression.value}`;
    case 'testVector':
      return `state${equality(expression.equal)}${printVector(expression.vector)}`;
    case 'link': {
      const { from, to, assignment } = expression;
      const link = `(${showLocation(from)})->(${showLocation(to)})`;
      return assignment === undefined ? link : `${link}-><${printAssignment(assignment)}>`;
    }
    case 'name':
      return expression.name;
    default:
      throw new Error(`assertion: ${expression.kind} is no atom of a program that was read`);
  }
}

const equality = (equal: boolean): string => (equal ? '=' : '!=');

const printVector = ({ components }: VectorNode): string => `[${components.map(({ value }) => value).join(',')}]`;

const printAssignment = (assignment: StateAssignment): string =>
  assignment.kind === 'vector'
    ? `state<-${printVector(assignment.vector)}`
    : `state(${assignment.component.value})<-${assignment.value}`;

/** A value as programs spell it. */
export function printValue(node: ValueNode): string {
  switch (node.kind) {
    case 'integer':
      return String(node.value);
    case 'ip':
      return node.octets.join('.');
    case 'mac':
      return showAddress('mac', node.value);
    case 'host':
      return node.name;
  }
}
