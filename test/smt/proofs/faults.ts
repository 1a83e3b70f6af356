import type { Algebra } from '../../../src/smt/proofs/algebra.js';
import { type Rules, taggedRules } from '../../../src/smt/proofs/rules.js';

/** A rule for E' with one of its conditions left out, or asked about another set. */
const detecting = (
  omitted: 'con' | 'con-so-far' | 'enables' | 'enables-before' | 'new' | 'matching',
): Pick<Rules, 'detect'> => ({
  detect: (a, eventSet, digest, matching) => {
    const heard = a.union(eventSet, digest);
    let detected = a.empty;
    for (const e of a.candidates(heard)) {
      const all = a.union(heard, detected);
      const isNew = a.not(a.contains(heard, e));
      const conditions = [
        ...(omitted === 'matching' ? [] : [a.contains(matching, e)]),
        ...(omitted === 'new' ? [] : [isNew]),
        ...(omitted === 'enables' ? [] : [a.enables(omitted === 'enables-before' ? all : heard, e)]),
        ...(omitted === 'con' ? [] : [a.isConsistent(a.with(omitted === 'con-so-far' ? heard : all, e))]),
      ];
      detected = a.addIf(a.and(...conditions), detected, e);
    }
    return detected;
  },
});

/** Two events that exclude each other, and that one packet may match both. */
export const either = `host H1 @ 1:2; host H4 @ 4:2; link 1:1 <-> 4:1; state [0];
policy sw=1 & pt=2; pt<-1; ( state=[0]; ( tcp_dst=1; (1:1)->(4:1)-><state<-[1]> + udp_dst=2; (1:1)->(4:1)-><state<-[2]> )
  + state!=[0]; (1:1)->(4:1) ); pt<-2`;

/** `tagged` with a change of con or ⊢ where rule SW asks for them. */
const asking = (change: <S, T, E>(a: Algebra<S, T, E>) => Partial<Algebra<S, T, E>>): Pick<Rules, 'detect'> => ({
  detect: (a, eventSet, digest, matching) => taggedRules.detect({ ...a, ...change(a) }, eventSet, digest, matching),
});

/** A fault in the rules, a program that shows it (a model, or `either`), and obligations that do not follow then. */
type RuleFault = readonly [fault: string, model: string, rules: Partial<Rules>, obligations: readonly string[]];

/** The faults of test/mutants/mutants.ts in the rules of `tagged` (test/mutants/proofs.ts says which is which). */
export const faults: readonly RuleFault[] = [
  ['con is not asked', 'figure-2b-local', detecting('con'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['con is asked of one event at a time', 'either', detecting('con-so-far'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['⊢ is not asked', 'port-knocking', detecting('enables'), ['lemma3/SW/history', 'causal/SW/occurs']],
  ['⊢ is asked of what has been detected', 'bandwidth-cap', detecting('enables-before'), ['causal/SW/occurs']],
  ['known events are detected again', 'firewall', detecting('new'), ['causal/SW/occurs']],
  ['packets that match nothing trigger events', 'firewall', detecting('matching'), ['causal/SW/occurs']],
  ['the first configuration tags every packet', 'firewall', { stamp: (a) => a.empty }, ['causal/IN/tag']],
  [
    'tags have an event that the switch has not heard of yet',
    'firewall',
    {
      stamp: (a, eventSet) =>
        a
          .candidates(eventSet)
          .reduce((tag, e) => a.addIf(a.and(a.enables(eventSet, e), a.not(a.contains(eventSet, e))), tag, e), eventSet),
    },
    ['lemma3/IN/copy', 'causal/IN/tag'],
  ],
  [
    'con is in all sets',
    'either',
    asking((a) => ({ isConsistent: (x) => a.equals(x, a.empty) })),
    ['causal/SW/occurs'],
  ],
  [
    '⊢ by any event-set that has e',
    'port-knocking',
    asking((a) => ({ enables: (x) => a.isConsistent(x) })),
    ['lemma3/SW/history', 'causal/SW/occurs'],
  ],
  [
    'the digest is not carried on',
    'port-knocking',
    { passOn: (a, eventSet, _, detected) => a.union(eventSet, detected) },
    ['lemma3/SW/copies', 'causal/SW/copies'],
  ],
  [
    'E_n is not in the digest',
    'port-knocking',
    { passOn: (a, _, digest, detected) => a.union(digest, detected) },
    ['lemma3/SW/copies', 'causal/SW/copies'],
  ],
  [
    'E′ is not in the digest',
    'port-knocking',
    { passOn: (a, eventSet, digest) => a.union(digest, eventSet) },
    ['causal/SW/copies'],
  ],
  [
    'E_n learns nothing from digests',
    'port-knocking',
    { learn: (a, eventSet, _, detected) => a.union(eventSet, detected) },
    ['lemma3/SW/switch', 'causal/SW/switch'],
  ],
  [
    'E_n learns nothing by itself',
    'port-knocking',
    { learn: (a, eventSet, digest) => a.union(eventSet, digest) },
    ['lemma3/SW/switch', 'causal/SW/switch'],
  ],
  [
    'switches learn nothing',
    'firewall',
    { learn: (_, eventSet) => eventSet },
    ['lemma3/SW/switch', 'causal/SW/switch'],
  ],
  ['copies lose their digest', 'port-knocking', { cross: (a) => a.empty }, ['lemma3/LINK/copy', 'causal/LINK/copy']],
  [
    'the controller is told the events alone',
    'port-knocking',
    { tell: (_a, _eventSet, _digest, detected) => detected },
    ['lemma3/SW/told', 'causal/SW/told'],
  ],
  [
    'CTRLRECV takes an item and adds nothing',
    'firewall',
    { receive: (_, known) => known },
    ['causal/CTRLRECV/controller'],
  ],
  ['CTRLSEND sends nothing', 'firewall', { send: (_, eventSet) => eventSet }, ['causal/CTRLSEND/switch']],
  [
    'CTRLSEND replaces E_n',
    'firewall',
    { send: (_a, _eventSet, known) => known },
    ['lemma3/CTRLSEND/switch', 'causal/CTRLSEND/switch'],
  ],
];

/** Changes of the rules that make no difference to the programs that are accepted, and why. */
export const harmless: readonly (readonly [change: string, rules: Partial<Rules>])[] = [
  // By Lemma 3, what has been heard is an event-set. With an event that it enables it is a union of event-sets, and so
  // an event-set if it is consistent (finite-complete).
  ['con is F', asking((a) => ({ isConsistent: a.isEventSet }))],
  // What has been heard is consistent, by Lemma 3.
  ['⊢ does not ask for con', asking((a) => ({ enables: (x, e) => a.or(a.enables(x, e), a.not(a.isConsistent(x))) }))],
  // The rule asks for con of a larger set anyway.
  [
    '⊢ asks for con with e',
    asking((a) => ({ enables: (x, e) => a.and(a.enables(x, e), a.isConsistent(a.with(x, e))) })),
  ],
];
