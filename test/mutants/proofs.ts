/**
 * What becomes of the proofs with each fault of `mutants.ts`. (Faults in tables are planted one by one in
 * `test/smt/tables/`, since each obligation about tables concerns one switch.)
 */
export type Consequence =
  /** The same fault in the rules that proofs are about (`test/smt/proofs/faults.ts`): obligations do not follow. */
  | { readonly kind: 'rules'; readonly fault: string }
  /**
   * Planted in the sources, a program of `test/smt/proofs/outcomes.ts` has another outcome: this obligation, or this
   * reason to reject it.
   */
  | { readonly kind: 'sources'; readonly names: string }
  /** The same fault in the tables that switches run: this obligation does not follow. */
  | { readonly kind: 'tables'; readonly names: string }
  /** A change of the rules that is proved to be harmless (`test/smt/proofs/faults.ts`). */
  | { readonly kind: 'harmless'; readonly change: string }
  /** No proof is about what it changes. */
  | { readonly kind: 'excused'; readonly why: string };

const rules = (fault: string): Consequence => ({ kind: 'rules', fault });
const sources = (names: string): Consequence => ({ kind: 'sources', names });
const tables = (names: string): Consequence => ({ kind: 'tables', names });
const harmless = (change: string): Consequence => ({ kind: 'harmless', change });
const excused = (why: string): Consequence => ({ kind: 'excused', why });

/** Files whose faults change nothing that proofs are about, each with the reason. */
export const excusedFiles: Readonly<Record<string, string>> = {
  'src/network/variants/two-phase.ts': 'Another variant: proofs are of tagged.',
  'src/network/variants/best-effort.ts': 'Another variant: proofs are of tagged.',
  'src/network/mixed-packets.ts': 'Packets of another variant: proofs are of tagged.',
  'src/execution/best-effort.ts': 'Other variants: proofs are of tagged.',
  'src/network/tagged-packets.ts':
    'The kinds of packets that exploration tells apart: proofs have behaviours and symbolic headers.',
  'src/packets/raw-packets.ts': 'Packets of best-effort, under mixed configurations: proofs are of tagged.',
  'src/packets/packet-classes.ts': 'Which packets exploration lets stand for others: proofs have symbolic headers.',
  'src/network/reductions/listeners.ts': 'What exploration leaves out: proofs leave nothing out.',
  'src/network/reductions/carried-once.ts': 'What exploration leaves out: proofs leave nothing out.',
  'src/network/reductions/common-knowledge.ts': 'What exploration leaves out: proofs leave nothing out.',
  'src/network/reductions/automorphisms.ts': 'States that exploration takes for one: proofs have none.',
  'src/network/reductions/symmetry.ts': 'States that exploration takes for one: proofs have none.',
  'src/execution/orders.ts': 'In which order copies are queued: no obligation speaks of the order of a queue.',
  'src/network/state.ts': 'How exploration writes states down: proofs have none.',
  'src/network/knowledge.ts': 'The sets that exploration has interned: proofs have bit-vectors or lengths.',
  'src/search/observers/lemma3.ts': 'What exploration asks of a state: the obligation lemma3/holds states it anew.',
  'src/search/observers/paper.ts': 'The definition as an observer of exploration: proofs have it in occurrences.ts.',
  'src/search/observers/causal.ts': 'The definition as an observer of exploration: proofs have it in occurrences.ts.',
  'src/search/observers/theorem1.ts': 'How observers carry ≺ along: proofs have ghosts of their own.',
  'src/search/observers/mixture.ts': 'An observer of best-effort: proofs are of tagged.',
  'src/search/search.ts': 'How exploration goes on: proofs do not search.',
  'src/search/state-store.ts': 'The visited set of exploration: proofs do not search.',
  'src/network/links.ts': 'How exploration keeps queues: proofs speak of the rules.',
  'src/search/explorer.ts': 'How searches together decide a check: proofs do not search.',
  'src/search/hunts.ts': 'What exploration looks for: proofs do not search.',
  'src/search/observers/property.ts': 'Properties as observers of exploration: nothing is proved of them.',
  'src/search/observers/outlook.ts': 'What can still break a property: nothing is proved of them.',
  'src/theorems/property.ts': 'The definition of properties: nothing is proved of them.',
  'src/theorems/observed.ts': 'What properties look at: nothing is proved of them.',
  'src/theorems/configurations.ts': 'Properties of configurations are decided on trees, not by obligations.',
  'src/search/retrace.ts': 'How counterexamples are written out: proofs have none.',
  'src/theorems/paper.ts': 'The definition, as it judges executions: proofs have it in occurrences.ts.',
  'src/theorems/causal.ts': 'The definition, as it judges executions: proofs have it in occurrences.ts.',
  'src/theorems/lemma3.ts': 'The lemma, as it judges executions: the obligation lemma3/holds states it anew.',
  'src/theorems/trace.ts': 'What executions record: the argument for proofs is H2.',
  'src/theorems/trees.ts': 'Trees of executions: the argument for proofs is H3.',
  'src/theorems/happens-before.ts': '≺ of executions: the argument for proofs is H2.',
};

/** Folders whose faults change nothing that proofs are about, each with the reason. */
export const excusedFolders: Readonly<Record<string, string>> = {
  'src/smt/bounded/': 'The bounded engine: proofs share no constraint with it.',
};

const fifo = excused('The order of a queue: no obligation speaks of it (docs/proofs.md, H1).');
const fewer = (what: string): Consequence =>
  excused(`The network has fewer executions: ${what}. Obligations are about each step for itself.`);
const ofExploration = (what: string): Consequence => excused(`A matter of exploration: ${what}.`);
const ghosts = excused('How exploration carries ≺ along: proofs have ghosts of their own.');
const trusted = (what: string): Consequence =>
  excused(
    `Proofs trust the event structure (docs/proofs.md): ${what}, and all is proved of the one that network and tables have.`,
  );
const stricter = excused('Programs are rejected that could be proved; of those that are not, all is as it was.');
const figure6 = excused('A rule of figure6 alone: proofs are of tagged.');

/** What becomes of the proofs with every other fault, by file and name. */
export const consequences: Readonly<Record<string, Readonly<Record<string, Consequence>>>> = {
  'src/network/machine.ts': {
    'the first configuration tags every packet': rules('the first configuration tags every packet'),
    // The controller, or another switch, may know nothing while this switch does.
    'what the controller knows tags packets': rules('the first configuration tags every packet'),
    'another switch tags packets': rules('the first configuration tags every packet'),
    'the tag is taken late: by what the switch may have learnt when it takes the packet': rules(
      'tags have an event that the switch has not heard of yet',
    ),
    'an undefined tag goes unnoticed': ofExploration('lemma3/IN/copy says that under tagged there is none'),
    'what enters jumps the queue': fifo,
    'copies lose their digest': rules('copies lose their digest'),
    'switches learn nothing': rules('switches learn nothing'),
    'the controller is told nothing': fewer('those with the controller off'),
    'what the switch did before is not before what it does next': ghosts,
    'Q forgets duplicates in every variant': excused('In tagged Q forgets duplicates anyway.'),
    'every packet that is inert is left out': ofExploration('which packets need not enter'),
    'every packet that is settled is left out': ofExploration('which packets need not enter'),
    'executions are complete too soon': ofExploration('when it asks whether open packets are broken'),
    'no packet is expected to break anything by itself': ofExploration('when nothing more can break'),
    'the controller is silent before the last packet': ofExploration('whom it tells what'),
  },
  'src/network/controller.ts': {
    'CTRLRECV takes an item and adds nothing': rules('CTRLRECV takes an item and adds nothing'),
    'CTRLRECV loses other items': fewer('what is lost could as well wait for ever'),
    'CTRLRECV takes the first item only': fewer('Q could be a queue'),
    'CTRLRECV carries no past': ghosts,
  },
  'src/network/reductions/lazy-controller.ts': {
    // Where switch n knows nothing, R takes the place of what the other switch knows.
    'CTRLSEND informs the wrong switch': rules('CTRLSEND replaces E_n'),
    'CTRLSEND carries no past': ghosts,
    'only the newest version is sent': fewer('no CTRLSEND is long before the step that needs it'),
    // The oldest version is {}: a switch that is sent it, after the controller has heard of more, knows less than its
    // past.
    'every version is sent for ever': rules('CTRLSEND sends nothing'),
    'an older version follows a newer one': rules('CTRLSEND sends nothing'),
    'forgotten versions shift the others': ofExploration('which versions of R it remembers'),
    'versions that are of use are forgotten': ofExploration('which versions of R it remembers'),
  },
  'src/network/reductions/merged-links.ts': {
    'what LINK and OUT cost is not counted': ofExploration('how long counterexamples are'),
  },
  'src/network/variants/figure6.ts': {
    // These three and the next two are rules of tagged as well.
    'the digest is not carried on': rules('the digest is not carried on'),
    'E_n is not in the digest': rules('E_n is not in the digest'),
    'E′ is not in the digest': rules('E′ is not in the digest'),
    'E_n learns nothing from digests': rules('E_n learns nothing from digests'),
    'E_n learns nothing by itself': rules('E_n learns nothing by itself'),
    'figure6 does not ask for ⊢': figure6,
    'figure6 asks E_n alone for ⊢': figure6,
    'figure6 leaves out what is known': figure6,
    'figure6 tells the controller the whole set': figure6,
    'figure6 sends all of R': figure6,
  },
  'src/network/variants/tagged.ts': {
    'con is not asked': rules('con is not asked'),
    'con is asked of one event at a time': rules('con is asked of one event at a time'),
    '⊢ is not asked': rules('⊢ is not asked'),
    '⊢ is asked of what has been detected': rules('⊢ is asked of what has been detected'),
    'known events are detected again': rules('known events are detected again'),
    'the controller is told the events alone': rules('the controller is told the events alone'),
    'CTRLSEND sends nothing': rules('CTRLSEND sends nothing'),
    'CTRLSEND replaces E_n': rules('CTRLSEND replaces E_n'),
  },
  'src/execution/tagged.ts': {
    'con is not asked': rules('con is not asked'),
    'the digest is not carried on': rules('the digest is not carried on'),
    'the digest is not learnt': rules('E_n learns nothing from digests'),
    'the controller is told the events alone': rules('the controller is told the events alone'),
    'CTRLSEND sends nothing': rules('CTRLSEND sends nothing'),
    'known events are detected again': rules('known events are detected again'),
  },
  'src/execution/figure6.ts': {
    'the tag is taken late: at the first SW': rules('tags have an event that the switch has not heard of yet'),
    'packets are forwarded by what each switch knows': tables('tables/switch 4'),
    'the digest is not carried on': figure6,
    '⊢ is not asked': figure6,
  },
  'src/execution/rules.ts': {
    'LINK delivers to the front': fifo,
    'OUT forgets the copy that moves on': excused('Only under mixed configurations: proofs are of tagged.'),
  },
  'src/events/event-structure.ts': {
    'F has the whole domain': sources('undetermined'),
    'con is in all sets': rules('con is in all sets'),
    'con is F': harmless('con is F'),
    '⊢ does not ask for con': harmless('⊢ does not ask for con'),
    '⊢ by any Y that has e': rules('⊢ by any event-set that has e'),
    '⊢ asks for con with e': harmless('⊢ asks for con with e'),
    'con stops at the bound': trusted('of loops, what is beyond the bound is inconsistent'),
    'a fork further on than events are listed goes unseen': trusted('g of a long history is one of several'),
  },
  'src/events/paths.ts': {
    'loops are unrolled once too often': trusted('of loops, tables have an event more'),
    'loops are unrolled once too few': trusted('of loops, tables have an event less'),
    'paths that meet are one': trusted('some event-sets are missing'),
    'a history is what happened last': trusted('several histories are one event'),
  },
  'src/events/conditions.ts': {
    'any configuration will do': trusted('g of some event-sets is one of several'),
    'configurations must be the same state': stricter,
    'a clock may fork into states that are alike': trusted('g of a history is one of several that are equal'),
    'ordered blocks may be anywhere': excused(
      'Scripts of clocks take it that all events lie at one switch, and refuse others with an error.',
    ),
    'unions are not asked for': sources('lemma3/SW/history'),
    'unions are asked for without an upper bound': sources('incomplete'),
    'no set is nonlocal': sources('lemma3/SW/history'),
    'every inconsistent set is asked for': stricter,
    'loops may be anywhere': excused(
      'A condition that no proof of a chain needs: only who knows of all events before it detects the next.',
    ),
  },
  'src/events/transition-system.ts': {
    'events are ordered by place alone': trusted('events have other numbers'),
  },
  'src/events/link-conditions.ts': {
    'formulas are compared as they are written': trusted('one event is two that exclude each other'),
    'assignments leave φ as it is': trusted('an event is missing'),
    'tests of the state always pass': sources('undetermined'),
    'one way to each node is enough': trusted('an event is missing'),
  },
  'src/events/blocks.ts': {
    'edges that change nothing stay': sources('more than 20000 sets of events on paths through the transition system'),
    'what decides at a link may be of another block': trusted('events have other causes'),
    'what a link assigns may be of several blocks': trusted('one event is two'),
    'edges with one label may be of several blocks': trusted('one event is two'),
    'ordered declarations join nothing': trusted('events are named otherwise'),
  },
  'src/events/naming.ts': {
    'events of ordered blocks are counted': trusted('events are named otherwise'),
    'groups that share a label stay apart': trusted('events are named otherwise'),
    'a clock may have other events beside its loops': trusted('a block that is none is taken for a clock'),
  },
  'src/netkat/configuration.ts': {
    'all positions are one': sources('egress'),
    'one of several positions is enough': sources('tables/switch 3'),
    'the port of arrival does not matter': sources('tables/switch 1'),
  },
  'src/netkat/tree.ts': {
    'a policy may finish anywhere': excused('A condition on programs that no proof needs: exits are exits.'),
    'loops are not looked for': excused('Following packets that circle has no end, so there is nothing to prove.'),
  },
};
