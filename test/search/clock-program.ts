import fc from 'fast-check';

/** A component of the state: its edges, each by the number of a label, and a test of it that packets from H4 meet. */
interface Part {
  readonly edges: readonly (readonly [from: number, label: number, to: number])[];
  readonly isOrdered: boolean;
}

/** Clocks (spec 2.5): loops with and without branches, one that is reset; and what is none: a flag, a counter. */
const parts: readonly [Part, ...Part[]] = [
  { edges: [[0, 0, 1]], isOrdered: false },
  {
    edges: [
      [0, 0, 1],
      [1, 0, 2],
    ],
    isOrdered: false,
  },
  {
    edges: [
      [0, 0, 1],
      [1, 1, 0],
    ],
    isOrdered: false,
  },
  {
    edges: [
      [0, 0, 1],
      [1, 0, 2],
      [1, 1, 0],
      [2, 1, 0],
    ],
    isOrdered: false,
  },
  // A wrong knock resets, the right one leaves the loop.
  {
    edges: [
      [0, 0, 1],
      [1, 0, 0],
      [1, 1, 2],
    ],
    isOrdered: true,
  },
  // Either of two, once.
  {
    edges: [
      [0, 0, 1],
      [0, 1, 2],
    ],
    isOrdered: true,
  },
];

const headers = ['tcp_dst=1', 'tcp_dst=2', 'tcp_dst=3'] as const;
const labels = fc.constantFrom(...headers);

/**
 * Programs with a component or two, whose events lie at either end of one link, and that are blocks of their own unless
 * their labels coincide or one tests the other.
 */
export const arbitraryClockProgram: fc.Arbitrary<string> = fc
  .record({
    chosen: fc.array(
      fc.record({ part: fc.constantFrom(...parts), a: labels, b: labels, isAtFour: fc.boolean(), value: fc.nat(2) }),
      { minLength: 1, maxLength: 2 },
    ),
    isBehind: fc.boolean(),
  })
  .map(({ chosen, isBehind }) => {
    const ways = chosen.flatMap(({ part, a, b, isAtFour }, i) =>
      part.edges.map(([from, label, to]) => {
        const link = isAtFour ? '(1:1)->(4:1)' : '(4:1)->(1:1)';
        const entered = `sw=${isAtFour ? 1 : 4} & pt=2`;
        const after = isBehind && i === 1 ? ' & state(0)!=0' : '';
        return `${entered} & ${[a, b][label]} & state(${i})=${from}${after}; pt<-1; ${link}-><state(${i})<-${to}>; pt<-2`;
      }),
    );
    const views = chosen.map(({ isAtFour, value }, i) => {
      const link = isAtFour ? '(4:1)->(1:1)' : '(1:1)->(4:1)';
      return `sw=${isAtFour ? 4 : 1} & pt=2 & tcp_dst!=1 & tcp_dst!=2 & tcp_dst!=3 & state(${i})=${value}; pt<-1; ${link}; pt<-2`;
    });
    return `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1;
state [${chosen.map(() => 0).join()}];
${chosen.map(({ part }, i) => (part.isOrdered ? `ordered state(${i});\n` : '')).join('')}policy ${[...ways, ...views].join('\n+ ')}`;
  });
