/** A stretch of sizes over which one law may hold, with the law fitted to it. */
export interface Fit {
  readonly from: number;
  readonly to: number;
  /** Undefined where there are fewer than three points: through two, any law goes. */
  readonly law: Law | undefined;
}

/** `y ~ x^slope`, or `y ~ e^(slope·x)`; no point is off by a larger factor than `within`. */
export interface Law {
  readonly slope: number;
  readonly within: number;
}

export interface XY {
  readonly x: number;
  readonly y: number;
}

/** Cuts a list wherever two neighbours are on different sides of a break. */
export function pieces<T>(points: readonly T[], isBreak: (before: T, after: T) => boolean): T[][] {
  const all: T[][] = [];
  for (const [i, point] of points.entries()) {
    if (i === 0 || isBreak(points[i - 1]!, point)) all.push([]);
    all.at(-1)!.push(point);
  }
  return all;
}

/** The least-squares line through logarithms: of both sides for a power, of y alone for an exponential. */
export function fitLaw(points: readonly XY[], isPower: boolean): Fit {
  const [from, to] = [points[0]!.x, points.at(-1)!.x];
  if (points.length < 3) return { from, to, law: undefined };
  const line = points.map(({ x, y }) => [isPower ? Math.log(x) : x, Math.log(y)] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(line.map(([x]) => x)), mean(line.map(([, y]) => y))];
  const covariance = line.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const slope = covariance / line.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const off = line.map(([x, y]) => Math.abs(y - (my + slope * (x - mx))));
  return { from, to, law: { slope, within: Math.exp(Math.max(...off)) } };
}
