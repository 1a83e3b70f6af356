import type { Configurations } from '../../events/configurations.js';
import { reachableValues } from '../../events/partial-states.js';
import type { TransitionSystem } from '../../events/transition-system.js';
import type { Program, StatefulAtom } from '../../language/program.js';
import type { Reading } from '../../language/read-program.js';
import type { Span } from '../../netkat/policy.js';

/** Longer texts are cut. */
const maxShown = 60;

/**
 * Branches that no packet can run, each with its place and, where it is plain, the reason. Those whose links are told
 * of as edges are left out.
 */
export function deadBranches(
  { text, program }: Extract<Reading, { ok: true }>,
  system: TransitionSystem,
  { unused, unusedBranches }: Configurations,
  placeOf: (span: Span) => string,
): string[] {
  const told = branchesWith(program, new Set(unused.flatMap(({ edge }) => edge.occurrences)));
  const dead = unusedBranches.filter((branch) => !told.has(branch));
  const shown = dead.slice(0, maxListed).map((branch) => {
    const { span } = program.branches.all[branch]!;
    const whole = text.slice(span.start, span.end).replaceAll(/\s+/g, ' ');
    const part = whole.length > maxShown ? `${whole.slice(0, maxShown).trimEnd()} …` : whole;
    const reason = reasonFor(program, system, atomsIn(program, branch));
    return `no packet can run this branch${placeOf(span)}${reason}: ${part}`;
  });
  return withRest(shown, dead.length, (more) => `no packet can run ${more} other branches`);
}

/** More warnings of one kind are counted. */
const maxListed = 20;

const withRest = (shown: readonly string[], all: number, inWords: (more: number) => string): string[] =>
  all > shown.length ? [...shown, inWords(all - shown.length)] : [...shown];

/** The branches in which links with these occurrences lie, at any depth. */
function branchesWith({ branches: { all, of } }: Program, occurrences: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [atom, innermost] of of) {
    if (!('occurrence' in atom) || !occurrences.has(atom.occurrence)) continue;
    for (let at: number | undefined = innermost; at !== undefined && !found.has(at); at = all[at]!.parent)
      found.add(at);
  }
  return found;
}

/** The atoms of a branch, with those of the branches in it. */
function atomsIn({ branches: { all, of } }: Program, branch: number): StatefulAtom[] {
  return [...of].flatMap(([atom, innermost]) => {
    let at: number | undefined = innermost;
    while (at !== undefined && at > branch) at = all[at]!.parent;
    return at === branch ? [atom] : [];
  });
}

/** Why no packet can run a branch, as far as its own tests say so. */
function reasonFor({ topology, initial }: Program, system: TransitionSystem, atoms: readonly StatefulAtom[]): string {
  const values = reachableValues(system);
  for (const atom of atoms)
    if (atom.kind === 'testState' && atom.equal && !values[atom.component]!.includes(atom.value)) {
      const state = initial.length === 1 ? `[${atom.value}]` : `with state(${atom.component})=${atom.value}`;
      return `, since no event leads to a state ${state}`;
    }
  const switches = new Set(atoms.flatMap((atom) => (atom.kind === 'testSwitch' && atom.equal ? [atom.switch] : [])));
  const [n, another] = switches;
  if (n === undefined || another !== undefined) return '';
  const first = atoms.find((atom) => atom.kind === 'testPort' || atom.kind === 'assignPort');
  if (first?.kind !== 'testPort' || !first.equal) return '';
  const places = [...topology.hosts.map(({ at }) => at), ...topology.links.map(({ to }) => to)];
  const isPlace = places.some((at) => at.switch === n && at.port === first.port);
  return isPlace ? '' : `, since nothing arrives at ${n}:${first.port}`;
}

/** Definitions that nothing uses: neither the policy nor another declaration. */
export function unusedLets({ ast }: Extract<Reading, { ok: true }>, placeOf: (span: Span) => string): string[] {
  const lets = new Map(ast.declarations.flatMap((one) => (one.kind === 'let' ? [[one.name.text, one] as const] : [])));
  const others = ast.declarations.filter(({ kind }) => kind !== 'let');
  const used = new Set(namesIn([ast.policy, others]));
  for (const name of used) for (const other of namesIn(lets.get(name)?.body)) used.add(other);
  const unused = [...lets.values()].filter(({ name }) => !used.has(name.text));
  const shown = unused
    .slice(0, maxListed)
    .map(({ name }) => `nothing uses the definition of ${name.text}${placeOf(name.span)}`);
  return withRest(shown, unused.length, (more) => `nothing uses ${more} other definitions`);
}

/** The names of definitions in a part of the syntax, whatever it is. */
function namesIn(part: unknown): string[] {
  const names: string[] = [];
  const work = [part];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
    if (kind === 'name' && typeof name === 'string') names.push(name);
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) work.push(child);
  }
  return names;
}
