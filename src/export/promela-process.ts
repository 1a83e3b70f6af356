import type { ExportedModel } from './model.js';
import type { Room } from './rooms.js';

/**
 * The process that takes the steps, with the choices before each: an option for each that is possible, so that no step
 * of SPIN's leads nowhere.
 *
 * One process takes the steps of all switches and of the controller. With one for each of them SPIN's partial-order
 * reduction finds no more to leave out: it takes a process alone only where its next step touches nothing global, and
 * here every step touches what the check is about, which is what anyone knows (Lemma 3) or the history (Theorem 1). Port
 * knocking with 3 packets had 192,175 states in both cases, with the reduction and with `-DNOREDUCE`, and took 1.7 times
 * as long with a process for each.
 */
export function promelaProcess({ options, switches, entries }: ExportedModel, widest: Room): string {
  const places = [...switches.keys()];
  const enter = entries.map(({ at }, i) => pick(`MAY_ENTER(${switches.indexOf(at.switch)})`, String(i)));
  const process = upTo(widest.copies, 'COPIES', (c) => [
    pick(c === 0 ? 'copies > 0 && MAY_PROCESS(0)' : `IS_HEAD(${c}) && MAY_PROCESS(${c})`, String(c)),
  ]);
  const receive = upTo(widest.items, 'ITEMS', (i) => [pick(`items > ${i} && MAY_RECEIVE`, String(i))]);
  const send = upTo(widest.items + 1, 'VERSIONS', (v) =>
    places.map((n) => pick(`MAY_SEND(${n}, ${v})`, `${n} * VERSIONS + ${v}`)),
  );
  const rules = [
    ...(entries.length > 0 ? [rule('enter', enter)] : []),
    rule('process', process),
    ...(options.controller ? [rule('receive', receive), rule('send', send)] : []),
  ];
  return ['active proctype network() {', '  do', ...rules.flat(), '  od', '}', ''].join('\n');
}

const pick = (guard: string, value: string): string => `       :: d_step { ${guard} -> pickA = ${value} }`;

/** The options for each number below a bound, which the preprocessor knows. */
const upTo = (greatest: number, bound: string, options: (number: number) => readonly string[]): string[] =>
  Array.from({ length: greatest }, (_, i) => [`#if ${bound} > ${i}`, ...options(i), '#endif']).flat();

const rule = (name: string, options: readonly string[]): string[] => [
  '  :: atomic {',
  '       if',
  ...options,
  '       fi;',
  `       ${name}()`,
  '     }',
];

/** Where each rule is possible. */
export function promelaGuards({ options }: ExportedModel): string {
  const newSteps = Array.from(
    { length: options.packets },
    (_, p) => ` || (versionSteps[(v) * PACKETS + ${p}] & ~switchSteps[(n) * PACKETS + ${p}])`,
  );
  return `
#define MAY_STEP(n) (turn == ANYONE || turn == (n))
#define MAY_ENTER(n) (entered < PACKETS && MAY_STEP(n))
#define IS_HEAD(c) (c < copies && kindQueue[kind[(c) - 1]] != kindQueue[kind[c]])
#if GUESSED
#define MAY_PROCESS(c) (MAY_STEP(kindSwitch[kind[c]]) && PROCESSED_BY(c) != UNDEFINED)
#else
#define MAY_PROCESS(c) MAY_STEP(kindSwitch[kind[c]])
#endif
#define MAY_RECEIVE (turn == ANYONE || turn == CONTROLLER)

/* A switch hears what R was since its last step, if that tells it something. */
#if TOLD_HISTORY
#define NEW_PAST(n, v) ((versionEvents[v] & ~switchEvents[n])${newSteps.join('')})
#else
#define NEW_PAST(n, v) false
#endif
#define TELLS(n, v) (NEW_PAST(n, v) || (SEMANTICS == TAGGED && (known[v] & ~eventSet[n])) || (SEMANTICS != TAGGED && SEMANTICS != FIGURE6 && known[v] != eventSet[n]) || (SEMANTICS == FIGURE6 && (known[v] & ~eventSet[n])))
#define TELLS_ONE(n, v, e) (((known[v] >> (e)) & 1) && (!((eventSet[n] >> (e)) & 1) || NEW_PAST(n, v)))
#define MAY_SEND(n, v) ((MAY_STEP(n) || turn == CONTROLLER) && v < versions && v >= (turn == CONTROLLER -> versions - 1 : oldest[n]) && TELLS(n, v))

inline forget() { pickA = 0; pickB = 0; pickC = 0 }
`;
}
