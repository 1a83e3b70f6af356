import type { Location, Span } from '../netkat/policy.js';
import { compareLocations, type Host, type Link, showLocation, type Topology } from '../netkat/topology.js';
import type { HostDeclaration, LinkDeclaration, LinkExpression, LocationNode } from './ast.js';
import { quote, type Report } from './diagnostics.js';
import type { RuleCode } from './rules.js';

/** The declared topology, and what is at each location, for the checks of links. */
export interface DeclaredTopology {
  readonly topology: Topology;
  /** For each location, the name of the host that is attached to it, and the other end of the link that leaves it. */
  readonly locations: ReadonlyMap<string, { readonly host?: string; readonly linkTo?: Location }>;
}

interface Occupied {
  readonly host: Map<string, { readonly span: Span; readonly name: string }>;
  readonly leaving: Map<string, { readonly span: Span; readonly to: Location }>;
  readonly arriving: Map<string, { readonly span: Span }>;
}

/**
 * The declared hosts and links (spec 1.1, 1.2). Reports a port that has more than one host, or than one link out and
 * one link in, or both a host and a link.
 */
export function declareTopology(
  declarations: readonly (HostDeclaration | LinkDeclaration)[],
  report: Report,
): DeclaredTopology {
  const occupied: Occupied = { host: new Map(), leaving: new Map(), arriving: new Map() };
  const hosts: Host[] = [];
  const links: Link[] = [];
  for (const declaration of declarations) {
    if (declaration.kind === 'host') {
      occupyByHost(declaration, occupied, report);
      hosts.push({ name: declaration.name.text, at: plain(declaration.at) });
      continue;
    }
    const { from, to, bothWays } = declaration;
    for (const [a, b] of bothWays ? [[from, to] as const, [to, from] as const] : [[from, to] as const]) {
      occupyByLink(a, b, occupied, report);
      links.push({ from: plain(a), to: plain(b) });
    }
  }
  const named = [...hosts.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to])];
  const switches = [...new Set(named.map((at) => at.switch))].sort((a, b) => a - b);
  const locations = new Map<string, { host?: string; linkTo?: Location }>();
  for (const at of [...named].sort(compareLocations)) {
    const place = showLocation(at);
    const host = occupied.host.get(place)?.name;
    const linkTo = occupied.leaving.get(place)?.to;
    locations.set(place, { ...(host === undefined ? {} : { host }), ...(linkTo === undefined ? {} : { linkTo }) });
  }
  return { topology: { hosts, links, switches }, locations };
}

const plain = (at: LocationNode): Location => ({ switch: at.switch, port: at.port });

function occupyByHost({ name, at }: HostDeclaration, occupied: Occupied, report: Report): void {
  const place = showLocation(at);
  const conflict = (rule: RuleCode, message: string, label: string, span: Span): void =>
    report(rule, at.span, message, { elsewhere: { label, span } });
  const neighbour = occupied.host.get(place);
  const link = occupied.leaving.get(place) ?? occupied.arriving.get(place);
  if (neighbour)
    conflict('SNK203', `two hosts are at port ${place}`, `${quote(neighbour.name)} is attached`, neighbour.span);
  else if (link)
    conflict('SNK204', `port ${place} has a link already, so no host can be there`, 'the link is', link.span);
  if (!neighbour) occupied.host.set(place, { span: at.span, name: name.text });
}

function occupyByLink(from: LocationNode, to: LocationNode, occupied: Occupied, report: Report): void {
  for (const end of [from, to]) {
    const host = occupied.host.get(showLocation(end));
    if (host === undefined) continue;
    const elsewhere = { label: `host ${quote(host.name)} is attached`, span: host.span };
    report('SNK204', end.span, `port ${showLocation(end)} has a host, so no link can be there`, { elsewhere });
  }
  const left = occupied.leaving.get(showLocation(from));
  if (left)
    report('SNK205', from.span, `two links leave port ${showLocation(from)}`, {
      elsewhere: { label: 'the first is', span: left.span },
    });
  else occupied.leaving.set(showLocation(from), { span: from.span, to: plain(to) });
  const arrived = occupied.arriving.get(showLocation(to));
  if (arrived)
    report('SNK206', to.span, `two links arrive at port ${showLocation(to)}`, {
      elsewhere: { label: 'the first is', span: arrived.span },
    });
  else occupied.arriving.set(showLocation(to), { span: to.span });
}

/** Reports a link of the policy that is not declared (spec 1.1). */
export function checkLink(link: LinkExpression, { locations }: DeclaredTopology, report: Report): void {
  for (const end of [link.from, link.to]) {
    if (locations.has(showLocation(end))) continue;
    const hint = () => portsOf(end.switch, locations);
    report('SNK202', end.span, `there is no port ${showLocation(end)}: no host and no link is declared there`, {
      hint,
    });
    return;
  }
  const from = showLocation(link.from);
  const to = showLocation(link.to);
  const start = locations.get(from)!;
  if (start.linkTo !== undefined && showLocation(start.linkTo) === to) return;
  const back = locations.get(to)!.linkTo;
  const isReverse = back !== undefined && showLocation(back) === from;
  const hints = [
    isReverse ? `only the other direction is declared; \`link ${to} <-> ${from}\` declares both` : undefined,
    start.linkTo && `the link at ${from} goes to ${showLocation(start.linkTo)}`,
    start.host && `host ${quote(start.host)} is at ${from}`,
    `${from} has no link that leaves it`,
  ];
  report('SNK201', link.span, `no link is declared from ${from} to ${to}`, {
    hint: hints.find((hint) => hint !== undefined)!,
  });
}

/** What is declared at a switch, in words. */
export function portsOf(number: number, locations: ReadonlyMap<string, unknown>): string {
  const ports = [...locations.keys()].filter((place) => place.startsWith(`${number}:`));
  const shown = ports.slice(0, 8).join(', ') + (ports.length > 8 ? ', …' : '');
  return ports.length === 0 ? `nothing is declared at switch ${number}` : `declared at switch ${number}: ${shown}`;
}
