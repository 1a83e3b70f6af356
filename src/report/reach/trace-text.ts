import { type ArgumentKind, assertArguments, objectWith } from '../../base/arguments.js';
import { greatest } from '../../base/extremes.js';
import { assertOptions, type ShowOptions, showOptions } from '../../base/options.js';
import { printable } from '../../base/printable.js';
import type { StateVector } from '../../language/program.js';
import type { ShownHeaders } from '../../netkat/fields.js';
import type { TracedHop, TracedPacket } from '../../reach/shown-trace.js';
import { count } from '../count.js';
import type { Rejection } from '../result/result.js';
import { palette } from '../text/palette.js';

/** What `trace` says, as its JSON has it. */
export interface TraceDocument {
  readonly tool: { readonly name: 'snk-verify'; readonly version: string };
  readonly program: { readonly file: string; readonly sha256: string };
  readonly rejected: Rejection | null;
  /** Why there is nothing to show. */
  readonly why?: string;
  readonly from?: string;
  readonly state?: StateVector;
  /** A packet for each way that packets with the given headers go. */
  readonly packets?: readonly TracedPacket[];
}

const traceArgument: ArgumentKind = objectWith('what trace gives as its `document`', 'tool', 'program', 'rejected');

/** More kinds of packets are counted, not shown. */
const maxShown = 8;

/**
 * The hops of packets, for people, without a line end at the end.
 * @example
 * ```ts
 * import { showTrace, trace } from 'snk-verify';
 *
 * const { document } = trace('host A @ 1:1; host B @ 1:2; policy pt=1; pt<-2', 'ab.snk', { from: 'A' });
 * console.log(showTrace(document).split('\n')[2]?.trim()); // `- out at 1:2 to B   by ab.snk:1:36
 * ```
 */
export function showTrace(document: TraceDocument, options: ShowOptions = {}): string {
  assertArguments('showTrace', { document: [document, traceArgument] });
  assertOptions('showTrace', options, showOptions);
  const { bold, dim } = palette(options.colour ?? false);
  const { rejected, why, from = '', state = [], packets = [] } = document;
  const file = printable(document.program.file);
  if (rejected) return `${bold(file)}: rejected [${rejected.code}] ${printable(rejected.message)}`;
  if (why !== undefined) return `${bold(file)}: unknown, ${printable(why)}`;
  const inState = state.length === 0 ? '' : ` in state [${state}]`;
  const shown = packets
    .slice(0, maxShown)
    .flatMap(({ headers, open, tree }, i) => [
      ...(i > 0 ? [''] : []),
      bold(`${file}: ${from} sends a packet with ${headersInWords(headers, open)}${inState}`),
      ...aligned(treeLines(tree, file)).map(([left, right]) => `${left}${dim(right)}`.trimEnd()),
    ]);
  const left = packets.length - maxShown;
  return [
    ...shown,
    ...(left > 0
      ? ['', `${count(left, 'more kind')} of packets go other ways; --headers says which one is meant`]
      : []),
  ].join('\n');
}

function headersInWords(headers: ShownHeaders, open: readonly string[]): string {
  const known = Object.entries(headers).filter(([name]) => !open.includes(name));
  return known.length === 0 ? 'any headers' : known.map(([name, value]) => `${name}=${value}`).join(' ');
}

type Line = readonly [left: string, right: string];

/** A line for each hop, and what is to be said of it beside it. */
function treeLines(tree: TracedHop, file: string): Line[] {
  const lines: Line[] = [];
  const visit = (hop: TracedHop, above: TracedHop | undefined, first: string, indent: string): void => {
    const events = hop.events.map(({ formula, at, to }) => `event ${formula} at ${at}, to [${to}]`);
    const places = hop.by.map(({ line, column }) => `${file}:${line}:${column}`);
    const by = places.length > 0 ? [`by ${places.join(' and ')}`] : [];
    lines.push([`${first}${hopInWords(hop, above)}`, [...by, ...events].join('; ')]);
    for (const [i, child] of hop.next.entries()) {
      const isLast = i === hop.next.length - 1;
      visit(child, hop, `${indent}${isLast ? '`-' : '|-'} `, `${indent}${isLast ? '  ' : '| '} `);
    }
    if (hop.cut) lines.push([`${indent}\`- … and more hops than can be shown`, '']);
    else if (hop.kind === 'hop' && hop.next.length === 0) lines.push([`${indent}\`- dropped`, '']);
  };
  visit(tree, undefined, '  ', '  ');
  return lines;
}

function hopInWords({ kind, at, host, headers }: TracedHop, above: TracedHop | undefined): string {
  const changed = Object.entries(headers).filter(
    ([name, value]) => above !== undefined && above.headers[name] !== value,
  );
  const shown = changed.map(([name, value]) => `  ${name}=${value}`).join('');
  return `${kind === 'exit' ? `out at ${at}${host ? ` to ${host}` : ''}` : at}${shown}`;
}

/** Lines whose right parts stand below each other. */
function aligned(lines: readonly Line[]): Line[] {
  const width = greatest(
    lines.map(([left]) => left.length),
    0,
  );
  return lines.map(([left, right]) => [right === '' ? left : `${left.padEnd(width)}   `, right]);
}
