import { greatest } from '../../base/extremes.js';
import type { Reached } from '../../reach/shown.js';
import { whenByRoles } from './conditions.js';

/** Signs of conditions, in the order in which they are first met. */
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A matrix of hosts: for each sender and receiver the sign of a condition; undefined where nothing gets through. */
export interface Matrix {
  readonly signs: readonly (readonly (string | undefined)[])[];
  /** What each sign means. */
  readonly legend: readonly (readonly [sign: string, condition: string])[];
}

/** Everything gets through. */
const always = '*';

export function matrixOf(hosts: readonly string[], reaches: readonly Reached[]): Matrix {
  const place = new Map(hosts.map((host, i) => [host, i]));
  const signs: (string | undefined)[][] = hosts.map(() => hosts.map(() => undefined));
  const legend = new Map<string, string>();
  for (const one of reaches) {
    const condition = whenByRoles(one);
    const next = legend.size < letters.length ? letters[legend.size]! : `${legend.size}`;
    const sign = condition === 'true' ? always : (legend.get(condition) ?? next);
    if (condition !== 'true') legend.set(condition, sign);
    signs[place.get(one.from)!]![place.get(one.to)!] = sign;
  }
  const meanings = [...legend].map(([condition, sign]) => [sign, condition] as const);
  return { signs, legend: signs.flat().includes(always) ? [[always, 'any packet'], ...meanings] : meanings };
}

/** The matrix in lines; names of receivers stand upright where there are many. */
export function matrixLines(hosts: readonly string[], { signs, legend }: Matrix): string[] {
  const margin = greatest(
    hosts.map(({ length }) => length),
    0,
  );
  const isWide = hosts.length <= 12;
  const width = isWide
    ? margin + 1
    : greatest(
        legend.map(([sign]) => sign.length),
        1,
      ) + (hosts.length <= 40 ? 1 : 0);
  const row = (head: string, cells: readonly string[]) =>
    `${head.padEnd(margin)} ${cells.map((cell) => cell.padStart(width)).join('')}`.trimEnd();
  const heads = isWide
    ? [row('', hosts)]
    : Array.from({ length: margin }, (_, i) =>
        row(
          '',
          hosts.map((host) => host.padStart(margin)[i]!),
        ),
      );
  return [
    ...heads,
    ...hosts.map((host, i) =>
      row(
        host,
        signs[i]!.map((sign) => sign ?? '.'),
      ),
    ),
    ...legend.map(([sign, condition]) => `${' '.repeat(margin)}  ${sign}  ${condition}`),
  ];
}
