/**
 * A series of a chart: its name (empty if the legend leaves it out), its colour, and its points, each with the least
 * and the greatest value there if it is a mean.
 */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }[];
  readonly joined: boolean;
}

/** A chart with axes that begin at the first ticks. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly series: readonly Series[];
  /** Dashed lines at heights that mean something, each with its text. */
  readonly levels: readonly { readonly y: number; readonly text: string }[];
}

const width = 460;
const height = 320;
const margin = { left: 58, right: 16, top: 34, bottom: 70 };

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Charts as one SVG, so many to a row, with a caption below, a line each. */
export function drawCharts(charts: readonly Chart[], caption: readonly string[], columns = charts.length): string {
  const below = 24 + caption.length * 15;
  const drawn_px = height * Math.ceil(charts.length / columns);
  const lines = caption.map((line, i) => `<text x="12" y="${drawn_px + 24 + i * 15}">${xml(line)}</text>`);
  const place = (i: number) => `translate(${(i % columns) * width} ${Math.floor(i / columns) * height})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * width}" height="${drawn_px + below}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...charts.map((chart, i) => `<g transform="${place(i)}">\n${drawChart(chart)}\n</g>`),
    ...lines,
    '</svg>\n',
  ].join('\n');
}

function drawChart({ title, xLabel, yLabel, xTicks, yTicks, series, levels }: Chart): string {
  const [x0, x1] = [xTicks[0]!, xTicks[xTicks.length - 1]!];
  const [low, top] = [yTicks[0]!, yTicks[yTicks.length - 1]!];
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const x = (value: number) => (margin.left + ((value - x0) / (x1 - x0)) * (right - margin.left)).toFixed(1);
  const y = (value: number) => (bottom - ((value - low) / (top - low)) * (bottom - margin.top)).toFixed(1);
  const line = (a: string, b: string, c: string, d: string, style: string) =>
    `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" ${style}/>`;

  const axes = [
    ...yTicks.map((t) => line(x(x0), y(t), x(x1), y(t), 'stroke="#e4e4e4"')),
    ...yTicks.map((t) => `<text x="${margin.left - 6}" y="${Number(y(t)) + 4}" text-anchor="end">${t}</text>`),
    ...xTicks.map((t) => `<text x="${x(t)}" y="${bottom + 16}" text-anchor="middle">${t}</text>`),
    line(x(x0), y(low), x(x1), y(low), 'stroke="black"'),
    line(x(x0), y(low), x(x0), y(top), 'stroke="black"'),
    `<text x="${(margin.left + right) / 2}" y="18" text-anchor="middle" font-size="13">${xml(title)}</text>`,
    `<text x="${(margin.left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${xml(xLabel)}</text>`,
    `<text transform="translate(14 ${(margin.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${xml(yLabel)}</text>`,
    ...levels.flatMap((level) => [
      line(x(x0), y(level.y), x(x1), y(level.y), 'stroke="#777" stroke-dasharray="4 3"'),
      `<text x="${right}" y="${Number(y(level.y)) - 4}" text-anchor="end" fill="#555">${xml(level.text)}</text>`,
    ]),
  ];
  /** The names stand in a row. Names take some 6 pixels for each letter. */
  let legend = margin.left;
  const legendOf = (name: string, colour: string): string[] => {
    const at = legend;
    legend += 40 + 6 * name.length;
    return [
      `<circle cx="${at}" cy="${height - 16}" r="4" fill="${colour}"/>`,
      `<text x="${at + 8}" y="${height - 12}">${xml(name)}</text>`,
    ];
  };
  const drawn = series.flatMap(({ name, colour, points, joined }) => [
    ...(joined
      ? [`<polyline points="${points.map((p) => `${x(p.x)},${y(p.y)}`).join(' ')}" fill="none" stroke="${colour}"/>`]
      : []),
    ...points.map((p) =>
      line(x(p.x), y(p.low ?? p.y), x(p.x), y(p.high ?? p.y), `stroke="${colour}" stroke-width="2"`),
    ),
    ...points.map((p) => `<circle cx="${x(p.x)}" cy="${y(p.y)}" r="3" fill="${colour}"/>`),
    ...(name === '' ? [] : legendOf(name, colour)),
  ]);
  return [...axes, ...drawn].join('\n');
}
