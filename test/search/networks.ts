export interface Link {
  readonly from: readonly [n: number, port: number];
  readonly to: readonly [n: number, port: number];
}

/** A network to write programs over: `hosts` by switch, at most one port each. */
export interface Network {
  readonly hosts: Readonly<Record<number, number>>;
  readonly links: readonly Link[];
}

function linkOf(text: string): Link {
  const [from, to] = text.split('>').map((place) => place.split(':').map(Number) as [number, number]);
  return { from: from!, to: to! };
}

const network = (hosts: Network['hosts'], ...links: readonly string[]): Network => ({
  hosts,
  links: links.map(linkOf),
});

/** Networks of two and three switches: links there and back, parallel links, rings, a link from a switch to itself. */
export const networks: readonly [Network, ...Network[]] = [
  network({ 1: 2, 2: 2 }, '1:1>2:1', '2:1>1:1'),
  network({ 1: 2, 2: 2 }, '1:1>2:1', '2:1>1:1', '1:3>2:3'),
  network({ 1: 2, 2: 2, 4: 2 }, '1:1>4:1', '4:1>1:1', '2:1>4:3', '4:3>2:1'),
  network({ 1: 2, 3: 2 }, '1:1>2:1', '2:1>1:1', '2:2>3:1', '3:1>2:2'),
  network({ 1: 2, 2: 3 }, '1:1>2:2', '2:1>3:2', '3:1>1:3'),
  network({ 1: 2, 2: 2, 3: 2 }, '1:1>2:1', '1:3>3:1', '2:3>3:3'),
  network({ 1: 2 }, '1:1>1:3', '1:4>2:1', '2:1>1:4'),
];

const both = (text: string): string[] => [text, text.split('>').reverse().join('>')];

/**
 * Networks with switches that have no host: a way around, a switch between two hosts, a line, a star, a ring, two ways.
 */
export const wideNetworks: readonly [Network, ...Network[]] = [
  network({ 1: 2 }, '1:1>4:1', '4:2>3:1', '3:2>2:1', '2:2>1:3'),
  network({ 1: 2, 2: 2 }, ...both('1:1>3:1'), ...both('2:1>3:2')),
  network({ 1: 2, 4: 2 }, ...both('1:1>2:1'), ...both('2:2>3:1'), ...both('3:2>4:1')),
  network({ 1: 2 }, ...both('1:1>2:1'), ...both('2:2>3:1'), ...both('2:3>4:1')),
  network({ 1: 2, 3: 2 }, '1:1>2:1', '2:2>3:1', '3:3>4:1', '4:2>1:3'),
  network({ 1: 2, 2: 2 }, '1:1>3:1', '3:2>2:1', '2:3>4:1', '4:2>1:3', '4:3>3:3'),
];

/** `1:2`. */
const showPlace = ([n, port]: readonly [number, number]): string => `${n}:${port}`;

/** `(1:1)->(2:1)`. */
export const showLink = ({ from, to }: Link): string => `(${showPlace(from)})->(${showPlace(to)})`;

/** The declarations of hosts and links. */
export const declare = ({ hosts, links }: Network): readonly string[] => [
  ...Object.entries(hosts).map(([n, port]) => `host H${n} @ ${n}:${port};`),
  ...links.map(({ from, to }) => `link ${showPlace(from)} -> ${showPlace(to)};`),
];
