import { nearestName } from '../base/nearest-name.js';
import type { FieldName } from '../netkat/fields.js';
import type { Span } from '../netkat/policy.js';
import type { Ast, Declaration, FieldDeclaration, LetDeclaration } from './ast.js';
import { type DeclaredTopology, declareTopology } from './declare-topology.js';
import { quote, type Report } from './diagnostics.js';
import { declareHosts, type Hosts } from './hosts.js';
import { fullFieldName, isFieldName, testableNames } from './keywords.js';
import type { StateVector } from './program.js';
import { type Key, readValue } from './values.js';

/**
 * A declared domain, and where it is declared. It is not whole if some of its declared values are wrong and left out.
 */
export interface DeclaredDomain {
  readonly keys: ReadonlySet<Key>;
  readonly isWhole: boolean;
  readonly span: Span;
}

/** What the declarations say, except for the bodies of `let`s. */
export interface Scope {
  readonly hosts: Hosts;
  readonly declared: DeclaredTopology;
  readonly domains: ReadonlyMap<FieldName, DeclaredDomain>;
  /** The initial state; undefined if no `state` is declared, in which case the vector is empty. */
  readonly initial: StateVector | undefined;
  readonly lets: ReadonlyMap<string, LetDeclaration>;
}

type OfKind<K extends Declaration['kind']> = Extract<Declaration, { kind: K }>;

const ofKind = <K extends Declaration['kind']>(ast: Ast, ...kinds: readonly K[]): readonly OfKind<K>[] =>
  ast.declarations.filter((declaration): declaration is OfKind<K> =>
    (kinds as readonly string[]).includes(declaration.kind),
  );

/** Reads the declarations and reports what is wrong among them; of two that clash, the first counts. */
export function declare(ast: Ast, report: Report): Scope {
  const hosts = declareHosts(ofKind(ast, 'host'), report);
  const declared = declareTopology(ofKind(ast, 'host', 'link'), report);
  const domains = declareDomains(ofKind(ast, 'field'), hosts, report);
  const [state, ...more] = ofKind(ast, 'state');
  for (const again of more) {
    report('SNK105', again.span, 'the state is declared twice', {
      elsewhere: { label: 'the first is', span: state!.span },
    });
  }
  return { hosts, declared, domains, initial: state?.initial, lets: declareLets(ofKind(ast, 'let'), report) };
}

function declareDomains(declarations: readonly FieldDeclaration[], hosts: Hosts, report: Report): Scope['domains'] {
  const domains = new Map<FieldName, DeclaredDomain>();
  for (const { name, values, span } of declarations) {
    const field = fullFieldName(name.text);
    if (!isFieldName(field)) {
      reportUnknownField(name.text, name.span, report);
      continue;
    }
    const earlier = domains.get(field);
    if (earlier !== undefined) {
      const elsewhere = { label: 'the first is', span: earlier.span };
      report('SNK105', name.span, `field ${field} is declared twice`, { elsewhere });
      continue;
    }
    const keys = new Set<Key>();
    let isWhole = true;
    for (const node of values) {
      const key = readValue(field, node, hosts);
      if (typeof key !== 'object') {
        keys.add(key);
        continue;
      }
      isWhole = false;
      report(key.rule, node.span, key.message, key.remarks);
    }
    domains.set(field, { keys, isWhole, span });
  }
  return domains;
}

function declareLets(declarations: readonly LetDeclaration[], report: Report): Scope['lets'] {
  const lets = new Map<string, LetDeclaration>();
  for (const declaration of declarations) {
    const { text, span } = declaration.name;
    const earlier = lets.get(text);
    if (earlier !== undefined) {
      const elsewhere = { label: 'the first is', span: earlier.name.span };
      report('SNK105', span, `\`let ${quote(text).slice(1)} is defined twice`, { elsewhere });
      continue;
    }
    if (testableNames.includes(text)) report('SNK112', span, `${quote(text)} is a field and cannot name a \`let\``);
    lets.set(text, declaration);
  }
  return lets;
}

/** Reports that a name to the left of `=` or `<-`, or (with `isDomain`) in a `field` declaration, is no field. */
export function reportUnknownField(name: string, span: Span, report: Report, isDomain = true): void {
  const known = isDomain ? testableNames.filter((field) => isFieldName(fullFieldName(field))) : testableNames;
  const hint = () => {
    const near = nearestName(name, known);
    return near === undefined ? `the fields are ${known.join(', ')}` : `did you mean ${quote(near)}?`;
  };
  const isPlace = isDomain && testableNames.includes(name);
  const message = isPlace
    ? `${quote(name)} is no header field: it has no declared domain`
    : `no field is named ${quote(name)}`;
  report('SNK102', span, message, { expected: 'a header field', hint });
}
