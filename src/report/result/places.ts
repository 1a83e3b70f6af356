import type { Program, StatefulAtom } from '../../language/program.js';
import type { Reading } from '../../language/read-program.js';
import { positionsOf, type TextPosition } from '../../language/source.js';
import type { LinkAtom, Policy } from '../../netkat/policy.js';
import { showLocation } from '../../netkat/topology.js';
import type { Result } from './result.js';

/** Where in the text hosts are declared and the links of the policy stand, so that reports can point there. */
export function placesOf({ text, program, ast }: Extract<Reading, { ok: true }>): NonNullable<Result['places']> {
  const hosts = ast.declarations.flatMap((one) => (one.kind === 'host' ? [one] : []));
  const links = linksOf(program);
  const starts = [ast.policy.span.start, ...hosts.map(({ span }) => span.start), ...links.map(({ start }) => start)];
  const positions = positionsOf(text, starts);
  const at = (start: number): TextPosition => positions.get(start)!;
  return {
    policy: at(ast.policy.span.start),
    hosts: hosts.map((host) => ({ at: showLocation(host.at), ...at(host.span.start) })),
    links: links.map(({ from, to, start }) => ({ from: showLocation(from), to: showLocation(to), ...at(start) })),
  };
}

/** Every link occurrence of the policy, and where it starts. */
function linksOf({ policy, occurrences }: Program): (Pick<LinkAtom, 'from' | 'to'> & { readonly start: number })[] {
  const found = new Map<number, Pick<LinkAtom, 'from' | 'to'>>();
  const visit = (part: Policy<StatefulAtom>): void => {
    if (part.kind === 'star') visit(part.body);
    else if (part.kind !== 'atom') part.parts.forEach(visit);
    else if (part.atom.kind === 'link' || part.atom.kind === 'stateLink') found.set(part.atom.occurrence, part.atom);
  };
  visit(policy);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([i, { from, to }]) => ({ from, to, start: occurrences[i - 1]!.start }));
}
