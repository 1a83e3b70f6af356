/**
 * Prints the ring of a diameter (paper §5.2, Figure 12): `node scripts/ring.mjs 3 > models/ring-3.snk`.
 * The files models/ring-*.snk are what this prints.
 */
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const hops_per_line = 4;

/**
 * The ring of 2d switches, numbered clockwise: every switch leaves clockwise by port 1 and counterclockwise by port 2.
 * H1 is at switch 1, H2 at switch d + 1, both by port 3.
 * @param {number} diameter d, the number of links from H1's switch to H2's @throws if it is not a whole number from 1
 * on
 */
export function ring(diameter) {
  if (!Number.isSafeInteger(diameter) || diameter < 1)
    throw new RangeError(`a ring's diameter is a whole number from 1 on, not ${diameter}`);
  const size = 2 * diameter;
  const far = diameter + 1;
  /** @param {number} n */
  const next = (n) => (n % size) + 1;
  /** @param {number} n */
  const previous = (n) => ((n + size - 2) % size) + 1;

  /** @param {number} from */
  const clockwise = (from) => path(from, 1, (n) => `(${n}:1)->(${next(n)}:2)`, next);
  /** @param {number} from */
  const counterclockwise = (from) => path(from, 2, (n) => `(${n}:2)->(${previous(n)}:1)`, previous);
  /** @type {(from: number, port: number, link: (n: number) => string, step: (n: number) => number) => string} */
  const path = (from, port, link, step) => {
    let text = '';
    for (let n = from, hop = 0; hop < diameter; n = step(n), hop++) {
      const separator = hop === 0 ? '' : hop % hops_per_line === 0 ? ';\n      ' : '; ';
      text += `${separator}pt<-${port}; ${link(n)}`;
    }
    return text;
  };

  const links = Array.from({ length: size }, (_, i) => `link ${i + 1}:1 <-> ${next(i + 1)}:2;`);
  return `${comment(diameter, size, far)}
host H1 @ 1:3;
host H2 @ ${far}:3;
${links.join('\n')}
state [0];
policy
  sw=1 & pt=3 & ip_dst=H2;
  ( state=[0]; ${clockwise(1)}-><state<-[1]>
  + state=[1]; ${counterclockwise(1)} ); pt<-3
+ sw=${far} & pt=3 & ip_dst=H1;
  ( state=[0]; ${clockwise(far)}
  + state=[1]; ${counterclockwise(far)} ); pt<-3
`;
}

/** @type {(diameter: number, size: number, far: number) => string} */
const comment = (
  diameter,
  size,
  far,
) => `# Ring of diameter ${diameter} (paper §5.2, Figure 12), printed by: node scripts/ring.mjs ${diameter}
#
# H1 and H2 sit on opposite sides of a ring of ${size} switches, ${diameter} ${diameter === 1 ? 'hop' : 'hops'} apart either way.
# Traffic goes clockwise (out by port 1, in by port 2) until a packet to H2 arrives at switch ${far}: the event.
# From then on it goes counterclockwise, from H1 and from H2 alike.
#
# Expect: every check holds under \`tagged\` and \`figure6\`, for a packet goes round one way or the other as a whole, and
# H2, which sits at the switch that detects the event, answers counterclockwise at once. Under \`two-phase\` and
# \`best-effort\` H2's answer still goes clockwise although the event is over: violated with two packets.`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , text = ''] = process.argv;
  try {
    process.stdout.write(ring(text === '' ? Number.NaN : Number(text)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message}\nusage: node scripts/ring.mjs DIAMETER`);
    process.exitCode = 2;
  }
}
