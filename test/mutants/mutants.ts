import type { Mutant } from './mutant.js';
import { propertyMutants } from './properties.js';

export type { Mutant } from './mutant.js';

const table = 'test/search/table.test.ts';
/** The conditions and structures of every conformance program. */
const structures = 'test/search/structures.test.ts';
/** The verdicts of several choices of reductions. */
const reductions = 'test/search/reductions-directed.test.ts';
/** Random walks through states that stand for others, undone. */
const walks = 'test/network/reductions/symmetry.test.ts';
const symmetries = 'test/network/reductions/automorphisms.test.ts';
const search = 'test/search/search.test.ts';
const store = 'test/search/state-store.test.ts';
const states = 'test/network/state.test.ts';
const rules = 'test/network/variants/variants.test.ts';
const definitions = 'test/theorems/definitions.test.ts';
const traces = 'test/network/traces.test.ts';
const conditions = 'test/events/conditions.test.ts';
const naive = 'test/events/event-structure.test.ts';
const systems = 'test/events/transition-system.test.ts';
const blocks = 'test/events/blocks.test.ts';
const namings = 'test/events/naming.test.ts';
const ordered = 'test/order/order.test.ts';
const interned = 'test/network/knowledge.test.ts';
const orders = 'test/execution/orders.test.ts';
const lemma3 = 'test/search/observers/lemma3.test.ts';
const stories = 'test/theorems/stories.test.ts';
const order = 'test/theorems/happens-before.test.ts';
const validate = 'test/execution/validate.test.ts';
const hops = 'test/netkat/configuration.test.ts';
const bounded = 'test/smt/bounded/essential.test.ts';
const queues = 'test/smt/bounded/queues.test.ts';
const controller = 'test/smt/bounded/controller.test.ts';
const historyTest = 'test/smt/bounded/history.test.ts';

type Row = readonly [name: string, find: string, replace: string, breaks: string];

const inFile = (file: string, tests: readonly string[], rows: readonly Row[]): Mutant[] =>
  rows.map(([name, find, replace, breaks]) => ({ name, file, find, replace, breaks, tests }));

/**
 * These faults are left out, since no test could tell them from the rules:
 * - automorphisms of which renamed event-sets need not be event-sets: events of unequal standing are not exchanged, and
 *   trees under all tags are compared;
 * - two-phase adding R to the version instead of setting it: versions only grow, and are sent in order;
 * - the visited set comparing rows without their lengths: rows of different lengths have different hashes but once in
 *   2^32.
 */
export const mutants: readonly Mutant[] = [
  ...inFile(
    'src/network/machine.ts',
    [table, traces],
    [
      [
        'the first configuration tags every packet',
        'byTag ? k.eventSetIndex(state.eventSets[n]!) : 0',
        '0',
        'IN, spec 3',
      ],
      [
        'what the controller knows tags packets',
        'byTag ? k.eventSetIndex(state.eventSets[n]!) : 0',
        'byTag ? k.eventSetIndex(newest(state).set) : 0',
        'IN, spec 3',
      ],
      [
        'another switch tags packets',
        'k.eventSetIndex(state.eventSets[n]!) : 0',
        'k.eventSetIndex(state.eventSets[0]!) : 0',
        'IN, spec 3',
      ],
      [
        'the tag is taken late: by what the switch may have learnt when it takes the packet',
        'for (const entry of space.enter(ingress, Math.max(0, tag)))',
        'const { eventSets } = k.structure;\n      const later = byTag ? eventSets.flatMap((x, i) => ((eventSets[tag]! & ~x) === 0n ? [i] : [])) : [tag];\n      for (const entry of later.flatMap((late) => space.enter(ingress, late)))',
        'IN: tag E_n, spec 3; spec 4.1: the tag is fixed at IN',
      ],
      [
        'an undefined tag goes unnoticed',
        'if (tag < 0 && !observer.goesOn) {',
        'if (tag < -1) {',
        'spec 4.2, last sentence',
      ],
      [
        'what enters jumps the queue',
        '[...state.queues[queue]!, copy]',
        '[copy, ...state.queues[queue]!]',
        'IN: input queues are FIFO, spec 3',
      ],
      ['copies lose their digest', '({ kind, digest, ghost', '({ kind, digest: nothing, ghost', 'SW: digests, spec 3'],
      [
        'switches learn nothing',
        'learned === eventSet ? state.eventSets : put(state.eventSets, n, learned)',
        'state.eventSets',
        'SW: E_n, spec 3',
      ],
      ['the controller is told nothing', 'items.length === 0', 'items.length < 9', 'SW: Q, spec 3'],
      [
        'what the switch did before is not before what it does next',
        'ghosts: seen.past === state.ghosts[n] ? state.ghosts : put(state.ghosts, n, seen.past)',
        'ghosts: state.ghosts',
        'spec 4.1: the order of the steps at each switch',
      ],
      [
        'Q forgets duplicates in every variant',
        'variant.itemsAreSets ? uncoveredItems(variant, observer) : everyItem',
        'uncoveredItems(variant, observer)',
        'spec 3: Q is a bag',
      ],
      [
        'every packet that is inert is left out',
        'if (inert && entered.settled) continue;',
        'if (inert) continue;',
        'IN, spec 3.2: any packet',
      ],
      [
        'every packet that is settled is left out',
        'if (inert && entered.settled) continue;',
        'if (entered.settled) continue;',
        'IN, spec 3.2: any packet',
      ],
      [
        'executions are complete too soon',
        'state.queues.every((queue) => queue.length === 0)',
        'state.queues.some((queue) => queue.length === 0)',
        'spec 3.2: complete',
      ],
    ],
  ),
  ...inFile(
    'src/network/controller.ts',
    [table, traces],
    [
      [
        'CTRLRECV takes an item and adds nothing',
        'variant.receive(set, told.item), ghost',
        'set, ghost',
        'CTRLRECV, spec 3',
      ],
      [
        'CTRLRECV loses other items',
        'controllerQueue.filter((_, i) => i !== place)',
        'controllerQueue.filter((_, i) => i > place)',
        'CTRLRECV, spec 3: Q is a bag',
      ],
      [
        'CTRLRECV takes the first item only',
        'return [...controllerQueue.entries()].flatMap(([place, told]) => {',
        'return [...controllerQueue.slice(0, 1).entries()].flatMap(([place, told]) => {',
        'CTRLRECV, spec 3: any item may be taken',
      ],
      [
        'CTRLRECV carries no past',
        'ghost: observer.receive(ghost, told.ghost)',
        'ghost',
        'spec 4.1: the SW that told it ≺ the CTRLRECV',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/lazy-controller.ts',
    [table, traces],
    [
      [
        'CTRLSEND informs the wrong switch',
        'const change = { eventSets: put(state.eventSets, n, eventSet)',
        'const change = { eventSets: put(state.eventSets, (n + 1) % switches.length, eventSet)',
        'CTRLSEND, spec 3',
      ],
      [
        'CTRLSEND carries no past',
        'ghosts: put(state.ghosts, n, ghost) };',
        'ghosts: state.ghosts };',
        'spec 4.1: a message carries the past',
      ],
      [
        'only the newest version is sent',
        'state.turn === controllersTurn ? last : state.oldest[n]!',
        'last',
        'CTRLSEND, spec 3: it may be long before the step that needs it',
      ],
      [
        'every version is sent for ever',
        'state.oldest[n] === last ? state.oldest : put(state.oldest, n, last)',
        'state.oldest',
        'CTRLSEND, spec 3: what was R before can be sent no more',
      ],
      [
        'an older version follows a newer one',
        'const oldest = put(state.oldest, n, version);',
        'const { oldest } = state;',
        'CTRLSEND, spec 3: the controller sends in order',
      ],
      [
        'forgotten versions shift the others',
        'oldest: oldest.map(firstKept)',
        'oldest',
        'the versions that R has had (lazy-controller.ts)',
      ],
      [
        'versions that are of use are forgotten',
        'first <= i && sends',
        'first < i && sends',
        'the versions that R has had (lazy-controller.ts)',
      ],
    ],
  ),
  ...inFile(
    'src/network/links.ts',
    [table, traces],
    [
      [
        'links are last in, first out',
        '[copy] : [...before, copy]',
        '[copy] : [copy, ...before]',
        'LINK: output queues are FIFO, spec 3',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/merged-links.ts',
    [table, traces],
    [
      [
        'what LINK and OUT cost is not counted',
        'return moves.length + exits;',
        'return 0;',
        'interface.md: fewest steps',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/listeners.ts',
    [table, reductions],
    [
      [
        'only switches where something is detected listen',
        'if (to === place) found.add(from!);',
        'if (to === place && from === to) found.add(from!);',
        'what a switch knows goes on with copies, spec 3',
      ],
      [
        'a copy is noted where it is, or nowhere',
        'for (const place of further.noted) noted.add(place);',
        '',
        'what is detected later depends on what is known now',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/carried-once.ts',
    [table, reductions],
    [
      [
        'copies lose what some other switch knows',
        'k.minus(copy.digest, state.eventSets[n]!)',
        'k.minus(copy.digest, state.eventSets[state.eventSets.length - 1]!)',
        'SW: the digest, spec 3',
      ],
      [
        'copies lose what has happened before another switch',
        'observer.without(copy.ghost, state.ghosts[n]!)',
        'observer.without(copy.ghost, state.ghosts[state.ghosts.length - 1]!)',
        'spec 4.1: the path of each copy',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/common-knowledge.ts',
    [table, reductions],
    [
      [
        'who detects does not look',
        'if (space.isNoted(kind)) found.add(switchOf[queue]!);',
        '',
        'E′ depends on E_n, spec 3.1',
      ],
      [
        'who tags does not look',
        'new Set(space.ingresses.map(({ queue }) => switchOf[queue]!))',
        'new Set<number>()',
        'IN: tag E_n, spec 3',
      ],
      [
        'what one knows all may know',
        'k.minus(events, k.minus(events, eventSets[n]!))',
        'k.union(events, eventSets[n]!)',
        'E_n, spec 3',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/automorphisms.ts',
    [symmetries, reductions],
    [
      [
        'labels need not be the same',
        'const labels = space.labels(from).map((label) => renamed.labels[label]!);',
        'const labels = [...space.labels(to)];',
        'SW: the events that a packet matches, spec 3',
      ],
      [
        'trees need not be the same',
        '!areEqual(treeOf, b.treeOf) ||',
        'treeOf.length < 0 ||',
        'spec 4.3, 4.4: the tree of the packet',
      ],
      ['copies need not be as many', 'from.exits === to.exits &&', '', 'interface.md: fewest steps'],
      ['switches need not be one to one', 'places.bind(switchOf[from]!, switchOf[to]!, then)', 'then()', 'E_n, spec 3'],
      [
        'hops need not be the same',
        'pairOff(space.forward(from, 0), space.forward(to, 0), hopAgrees, then)',
        'then()',
        'SW, spec 3',
      ],
    ],
  ),
  ...inFile(
    'src/network/reductions/symmetry.ts',
    [walks, reductions],
    [
      [
        'the way back is not followed',
        'if (by) back = back ? after(back, inverse(by)) : inverse(by);',
        '',
        'a counterexample is an execution',
      ],
      [
        'renamings are undone the wrong way round',
        'after(back, inverse(by)) : inverse(by)',
        'after(back, by) : by',
        'a counterexample is an execution',
      ],
      [
        'what switches know keeps its names',
        'eventSets[to] = set(state.eventSets[n]!);',
        'eventSets[to] = state.eventSets[n]!;',
        'E_n, spec 3',
      ],
      [
        'switches exchange what happened before nothing',
        'ghosts[to] = past(state.ghosts[n]!);',
        'ghosts[to] = state.ghosts[n]!;',
        'spec 4.1: ≺',
      ],
      ['digests keep their names', 'digest: set(one.digest)', 'digest: one.digest', 'SW: digests, spec 3'],
      [
        'copies stay where they are',
        'queues[queueOf(queue)] = copies.map',
        'queues[queue] = copies.map',
        'SW: queues, spec 3',
      ],
      [
        'packets change places without their copies',
        '{ ...withGhosts(state, renaming), global }',
        '{ ...withGhosts(state, { ...renaming, copy: (ghost) => ghost }), global }',
        'spec 4.1: the located packets of each packet',
      ],
    ],
  ),
  ...inFile(
    'src/network/machine.ts',
    [table, reductions],
    [
      [
        'no packet is expected to break anything by itself',
        'if (left > 0) return false;',
        'if (left > 1) return false;',
        'spec 3.2: up to B packets',
      ],
      [
        'the controller is silent before the last packet',
        'looksAhead && endsEarly && left === 0 ? listening',
        'looksAhead && endsEarly && left <= 1 ? listening',
        'IN: tag E_n, spec 3',
      ],
    ],
  ),
  ...inFile(
    'src/network/variants/figure6.ts',
    [rules, table, traces],
    [
      [
        'the digest is not carried on',
        'passOn: (eventSet, digest, detected) => k.union(k.union(digest, eventSet), detected)',
        'passOn: (eventSet, _digest, detected) => k.union(eventSet, detected)',
        'SW: every output’s digest is d ∪ E_n ∪ E′',
      ],
      [
        'E_n is not in the digest',
        'k.union(k.union(digest, eventSet), detected)',
        'k.union(digest, detected)',
        'SW: every output’s digest is d ∪ E_n ∪ E′',
      ],
      [
        'E′ is not in the digest',
        'k.union(k.union(digest, eventSet), detected)',
        'k.union(digest, eventSet)',
        'SW: every output’s digest is d ∪ E_n ∪ E′',
      ],
      [
        'E_n learns nothing from digests',
        'k.union(k.union(eventSet, digest), detected)',
        'k.union(eventSet, detected)',
        'SW: E_n := E_n ∪ d ∪ E′',
      ],
      [
        'E_n learns nothing by itself',
        'k.union(k.union(eventSet, digest), detected)',
        'k.union(eventSet, digest)',
        'SW: E_n := E_n ∪ d ∪ E′',
      ],
      ['figure6 does not ask for ⊢', 'if (k.enables(heard, event)) detected', 'detected', 'figure6: E′, spec 3.1'],
      [
        'figure6 asks E_n alone for ⊢',
        'k.enables(heard, event)',
        'k.enables(eventSet, event)',
        'figure6: E′, spec 3.1',
      ],
      [
        'figure6 leaves out what is known',
        'if (k.enables(heard, event))',
        'if (!k.has(heard, event) && k.enables(heard, event))',
        'figure6: events that the switch knows already are among E′',
      ],
      [
        'figure6 tells the controller the whole set',
        'tell: (_eventSet, _digest, detected) => events(k, detected)',
        'tell: (_eventSet, _digest, detected) => [detected]',
        'figure6: Q receives the events one by one',
      ],
      [
        'figure6 sends all of R',
        'events(k, known).map((event) => k.union(eventSet, event))',
        '[k.union(eventSet, known)]',
        'figure6: CTRLSEND adds any one event',
      ],
    ],
  ),
  ...inFile(
    'src/network/variants/tagged.ts',
    [rules, table, traces],
    [
      ['con is not asked', 'if (!k.isConsistent(grown)) continue;', '', 'tagged, repair (a)'],
      [
        'con is asked of one event at a time',
        'const grown = k.add(all, event);',
        'const grown = k.add(heard, event);',
        'tagged, repair (a): E′ so far',
      ],
      ['⊢ is not asked', 'k.has(heard, event) || !k.enables(heard, event)', 'k.has(heard, event)', 'tagged: E′'],
      [
        '⊢ is asked of what has been detected',
        '!k.enables(heard, event)',
        '!k.enables(all, event)',
        'tagged: (E_n ∪ d) ⊢ e',
      ],
      [
        'known events are detected again',
        'k.has(heard, event) || !k.enables',
        '!k.enables',
        'tagged: events not in E_n ∪ d',
      ],
      [
        'the controller is told the events alone',
        '[figure.learn(eventSet, digest, detected)]',
        '[detected]',
        'tagged, repair (b)',
      ],
      [
        'CTRLSEND sends nothing',
        'send: (eventSet, known) => [k.union(eventSet, known)]',
        'send: (eventSet) => [eventSet]',
        'CTRLSEND, spec 3',
      ],
      ['CTRLSEND replaces E_n', '[k.union(eventSet, known)]', '[known]', 'CTRLSEND: what it knows is added to E_n'],
    ],
  ),
  ...inFile(
    'src/network/variants/two-phase.ts',
    [rules, table, traces],
    [
      [
        'duplicates in Q are dropped',
        'itemsAreSets: false',
        'itemsAreSets: true',
        'two-phase: an item for each packet',
      ],
      [
        'versions stay',
        'send: (_eventSet, known) => [known]',
        'send: (eventSet) => [eventSet]',
        'two-phase: CTRLSEND sets the version to R',
      ],
      [
        'the controller does not ask for ⊢',
        'k.has(known, event) || !k.enables(known, event)',
        'k.has(known, event)',
        'two-phase: R ⊢ e',
      ],
      [
        'the controller does not ask for con',
        'if (k.isConsistent(grown)) return grown;',
        'return grown;',
        'two-phase: con(R ∪ {e})',
      ],
      [
        'the controller adds all that it can',
        'if (k.isConsistent(grown)) return grown;',
        'if (k.isConsistent(grown)) return nothing === known ? grown : k.add(grown, k.structure.events.length - 1);',
        'two-phase: the first event',
      ],
      [
        'switches learn by themselves',
        'learn: (eventSet) => eventSet',
        'learn: (eventSet, _digest, _detected) => (eventSet === nothing ? k.add(nothing, 0) : eventSet)',
        'two-phase: no events in the data plane',
      ],
    ],
  ),
  ...inFile(
    'src/network/variants/best-effort.ts',
    [table, traces],
    [['packets are tagged', "forwardsBy: 'version'", "forwardsBy: 'tag'", 'best-effort: no tags']],
  ),
  ...inFile(
    'src/packets/packet-classes.ts',
    [table],
    [
      [
        'packets that are told apart are one',
        'node.labels, hops, arrival',
        'hops, arrival',
        'IN, spec 3.2: any headers',
      ],
    ],
  ),
  ...inFile(
    'src/network/mixed-packets.ts',
    [table],
    [
      [
        'what was foretold need not come true',
        'if (wanted && (wanted.size !== all.length || all.some((child) => !wanted.has(child)))) return [];',
        '',
        'best-effort: the tree that the packet has',
      ],
      [
        'part of what was foretold is enough',
        'wanted.size !== all.length || ',
        '',
        'best-effort: the tree that the packet has',
      ],
      [
        'one tree is foretold',
        'return [...new Set(trees)].map(',
        'return [trees[0]!].map(',
        'best-effort: any mixture of configurations',
      ],
    ],
  ),
  ...inFile(
    'src/network/tagged-packets.ts',
    [table],
    [
      [
        'copies of one kind match different labels',
        'JSON.stringify([labels, ',
        'JSON.stringify([',
        'SW: the packet matches e',
      ],
      [
        'packets are one though their trees are not',
        'row.map(({ kind, treeOf }) => [kind, treeOf[0]])',
        'row.map(({ kind }) => [kind])',
        'spec 1.4: equal trees',
      ],
      [
        'every tag gives the same tree',
        'treeOf: tagsOf.get(trees[c]!)!',
        'treeOf: [...raw.configurationOf.keys()]',
        'spec 1.4: equal trees',
      ],
    ],
  ),
  ...inFile(
    'src/packets/raw-packets.ts',
    [table],
    [
      [
        'packets are processed by one configuration',
        'mixed ? all : [c]',
        '[c]',
        'best-effort: each switch by its own version',
      ],
    ],
  ),
  ...inFile(
    'src/execution/orders.ts',
    [orders],
    [
      [
        'copies are queued in one order',
        'permutations(moving).map(',
        '[moving].map(',
        'spec 3: the order of outputs is open',
      ],
      ['exits are queued with others', '({ to }) => to !== undefined', '() => true', 'spec 4.1: OUT records nothing'],
    ],
  ),
  ...inFile(
    'src/network/state.ts',
    [states],
    [
      [
        'turns are forgotten',
        'words[at++] = state.turn;',
        'words[at++] = 0;',
        'a state is all that the future depends on',
      ],
      [
        'digests are forgotten',
        'words[at++] = digest;',
        'words[at++] = 0;',
        'a state is all that the future depends on',
      ],
      [
        'the past of items is forgotten',
        'words[at++] = item;\n    words[at++] = ghost;',
        'words[at++] = item;\n    words[at++] = 0;',
        'a state is all that the future depends on',
      ],
      ['which queue is forgotten', 'words[at++] = q;', 'words[at++] = 0;', 'a state is all that the future depends on'],
    ],
  ),
  ...inFile(
    'src/network/knowledge.ts',
    [interned],
    [
      [
        'con is asked of the wrong set',
        'isConsistent(structure, set(a))',
        'isConsistent(structure, set(a) & ~1n)',
        'con, spec 2.3',
      ],
      ['unions lose a set', 'intern(set(a) | set(b))', 'intern(set(a))', 'sets of events'],
      ['includes is turned round', 'union(a, b) === a,', 'union(a, b) === b,', 'sets of events'],
      [
        'the bound on loops goes unnoticed',
        'if (structure.frontier.length > 0 && atBound(known, 0)) truncated = true;',
        '',
        'spec 2.5: the bound on unrolled loops',
      ],
      ['events of several labels are in no order', '.sort((a, b) => a - b);', ';', 'spec 2.1: ids order events'],
    ],
  ),
  ...inFile(
    'src/search/observers/lemma3.ts',
    [lemma3],
    [
      ['R is left out', 'let all = newest(state).set;', 'let all = 0;', 'Lemma 3: con(Q ∪ R)'],
      ['Q is left out', 'all = k.union(all, variant.says(item));', 'variant.says(item);', 'Lemma 3: con(Q ∪ R)'],
      [
        'digests are left out',
        'all = k.union(all, digest);',
        'k.union(all, digest);',
        'spec 4.2: con of all E_n, digests, Q, R',
      ],
      [
        'every E_n is left out',
        'all = k.union(all, eventSet);',
        'k.union(all, eventSet);',
        'spec 4.2: con of all E_n, digests, Q, R',
      ],
      [
        'any set may be an E_n',
        'if (k.eventSetIndex(eventSet) < 0) return true;',
        '',
        'spec 4.2: every E_n is an event-set',
      ],
    ],
  ),
  ...inFile(
    'src/search/observers/paper.ts',
    [definitions, table],
    [
      [
        'packets of older configurations trigger events',
        'if (!ofTheConfiguration || k.has(',
        'if (k.has(',
        'spec 4.3: the tree of lp’s packet equal to its tree under g(X)',
      ],
      ['the tree counts before the first event too', 'chain.length === 0 || treeOf', 'treeOf', 'spec 4.3: (if X ≠ {})'],
      [
        'X grows within a located packet',
        '!k.enables(before, event)',
        '!k.enables(all, event)',
        'spec 4.3: X is the set before lp',
      ],
      ['con is not asked', 'if (!k.isConsistent(grown)) continue;', '', 'spec 4.3: con of X, what this lp added and e'],
      [
        'con is asked of X and e',
        'const grown = k.add(all, event);',
        'const grown = k.add(before, event);',
        'spec 4.3: con of X, what this lp added and e',
      ],
      ['⊢ is not asked', ' || !k.enables(before, event)', '', 'spec 4.3: X ⊢ e'],
      ['an event occurs again', ' || k.has(before, event)', '', 'spec 4.3: e ∉ X'],
      [
        'j ≥ i + 1 becomes j > i + 1',
        'matching.some((j) => j >= lo)',
        'matching.some((j) => j > lo)',
        'spec 4.3: with j ≥ i+1',
      ],
      [
        'what occurred before a packet may be missing',
        'while (!k.includes(setOf(chain.slice(0, lo)), past)) lo++;',
        '',
        'spec 4.3: if the occurrence of e_i ≺ all of them',
      ],
      [
        'what occurs after a packet may be in its tree',
        "if (after && outstanding.unmatched) return 'violated';",
        '',
        'spec 4.3: if all its located packets ≺ the occurrence of e_i',
      ],
      [
        'a packet that matched too early is broken by the next event',
        'after && outstanding.unmatched',
        'after',
        'spec 4.3: j ≤ i or j ≥ i + 1, each by its own j',
      ],
      [
        'an event breaks what is not over',
        'if (after && outstanding.unmatched)',
        'if (outstanding.unmatched)',
        'spec 4.3: all its located packets ≺ the occurrence',
      ],
      [
        'events occur in another order',
        '[...chain, event]',
        '[event, ...chain]',
        'spec 4.3: occurrences come in trace order',
      ],
      [
        '≺ goes through the controller',
        'throughController: false',
        'throughController: true',
        'spec 4.1: in the causal specification only',
      ],
      [
        'a later X saves nobody',
        "? 'kept' : { open: outstanding }",
        '? { open: outstanding } : { open: outstanding }',
        'spec 4.3: some g(X_j)',
      ],
    ],
  ),
  ...inFile(
    'src/search/observers/causal.ts',
    [definitions, table],
    [
      ['B is ignored', 'treeOf.filter((x) => k.includes(ids[x]!, past))', 'treeOf', 'spec 4.4: X ⊇ B'],
      [
        'A is ignored',
        'after ? candidates.filter((x) => !members(eventSets[x]!).includes(event)) : candidates',
        'candidates',
        'spec 4.4: X disjoint from A',
      ],
      [
        'A is all that occurs later',
        'after ? candidates.filter((x) => !members(eventSets[x]!).includes(event)) : candidates',
        'candidates.filter((x) => !members(eventSets[x]!).includes(event))',
        'spec 4.4: A, those which all its located packets ≺',
      ],
      [
        'X need not have occurred',
        'candidates.some((x) => k.includes(occurred, ids[x]!))',
        'candidates.length > 0',
        'spec 4.4: made of events that occurred',
      ],
      [
        'the past goes past the controller',
        'throughController: true',
        'throughController: false',
        'spec 4.1: the controller',
      ],
      [
        'con is not asked',
        'if (!k.isConsistent(grown)) continue;',
        '',
        'spec 4.4: con(past(lp) ∪ what this lp added ∪ {e})',
      ],
      ['⊢ is not asked', ' || !k.enables(past, event)', '', 'spec 4.4: past(lp) ⊢ e'],
      [
        'what has occurred anywhere is past',
        '(_occurred, past, labels) => {',
        '(past, _past, labels) => {',
        'spec 4.4: past(lp), the events whose occurrence ≺ lp',
      ],
      ['what was open stays so', '{ open: candidates }', "'kept'", 'spec 4.4: made of events that occurred'],
    ],
  ),
  ...inFile(
    'src/search/observers/theorem1.ts',
    [definitions, table],
    [
      [
        'copies carry no past',
        'pasts.value(pasts.join(arrival.atSwitch, sent))',
        'pasts.value(arrival.atSwitch)',
        'spec 4.1: the path of each copy',
      ],
      [
        'switches have no past',
        'pasts.value(pasts.join(arrival.atSwitch, sent))',
        'pasts.value(sent)',
        'spec 4.1: the order of the steps at each switch',
      ],
      [
        'a packet is over when its copies are',
        'packet.copies === 0 && [',
        'packet.copies === 0 || [',
        'spec 4.3: all its located packets ≺ the occurrence',
      ],
      ['one copy is enough', 'packet.copies === 0 && ', '', 'spec 4.3: all its located packets'],
      [
        'final hops are not noted',
        'if (moves === 0) finals =',
        'if (moves < 0) finals =',
        'spec 4.3: all its located packets ≺ the occurrence',
      ],
      [
        'packets are renumbered wrongly',
        'const slots = new Map(kept.map((slot, i) => [slot, i]));',
        'const slots = new Map(kept.map((slot) => [slot, slot]));',
        'which packet is which',
      ],
      [
        'open packets at the end are right',
        "standing !== 'kept'),\n    doomed",
        "standing === 'violated'),\n    doomed",
        'spec 4.3, 4.4: for each packet',
      ],
    ],
  ),
  ...inFile(
    'src/search/observers/mixture.ts',
    [table],
    [
      [
        'no packet is watched',
        'if (global !== unwatched) return [unobserved];',
        'return [unobserved];',
        'spec 4.3: T is its tree under some g(X_j)',
      ],
      ['part of a tree is enough', 'wanted.size === children.length && ', '', 'spec 1.4: equal trees'],
    ],
  ),
  ...inFile(
    'src/search/search.ts',
    [search],
    [
      [
        'packets need not be few',
        'front.layerStates.push(id);',
        'front.layerStates.push(id);\n        if (layer < packets) machine.enter(state, (next, _action, charge) => reach(next, id, ~nth++, total + charge));',
        'interface.md: fewest packets',
      ],
      ['steps need not be few', 'cost[id]! <= total', 'cost[id]! >= 0', 'interface.md: then fewest steps'],
      [
        'what costs nothing is forgotten',
        'const bucket = front.buckets[front.total] ?? [];',
        'const bucket = [...(front.buckets[front.total] ?? [])];',
        'all interleavings count, spec 3.2',
      ],
      [
        'a packet too many',
        'if (front.layer === packets || exhausted) {',
        'if (front.layer > packets || exhausted) {',
        'spec 3.2: up to B packets',
      ],
      [
        'the last state of a layer is not left',
        'front.layerStates.push(id);',
        'if (front.layerStates.length < 3) front.layerStates.push(id);',
        'all interleavings count, spec 3.2',
      ],
    ],
  ),
  ...inFile(
    'src/search/state-store.ts',
    [store],
    [
      [
        'rows with equal hashes are one',
        'if (arena[from + i] !== row[i]) return false;',
        'if (arena[from + i] !== row[i]) return true;',
        'a state is all that the future depends on',
      ],
      [
        'rows are lost when the table grows',
        'if (count * 2 > table.length) resize(table.length * 2);',
        'if (count * 2 > table.length) table = new Int32Array(table.length * 2);',
        'a state is all that the future depends on',
      ],
    ],
  ),
  ...inFile(
    'src/search/explorer.ts',
    [table],
    [
      [
        'the bound on loops is not heeded',
        "if (!met && k.truncated()) met = { limit: 'unroll' };",
        '',
        'spec 2.5: the bound on unrolled loops',
      ],
    ],
  ),
  ...inFile(
    'src/search/hunts.ts',
    [table],
    [
      [
        'mixtures are not looked for',
        ', hunt(mixed(false), mixtureObserver(raw, entering, forgets))];',
        '];',
        'best-effort: mixtures',
      ],
      ['mixtures alone are looked for', '[hunt(mixed(true), observer), ', '[', 'best-effort: too early, too late'],
    ],
  ),
  ...inFile(
    'src/search/retrace.ts',
    [table],
    [
      [
        'CTRLSEND stays where it was explored',
        'return inOrder(way).flatMap(intents);',
        'return way.flatMap(intents);',
        'a counterexample is an execution',
      ],
    ],
  ),
  ...inFile(
    'src/events/event-structure.ts',
    [structures, naive, table],
    [
      [
        'F has the whole domain',
        'for (const event of eventsOf[counted[place]!]!.slice(0, count)) set',
        'for (const event of eventsOf[counted[place]!]!) set',
        'F, spec 2.1',
      ],
      [
        'con is in all sets',
        'maximal.some((larger) => isSubset(set & events, larger))',
        'maximal.every((larger) => isSubset(set & events, larger))',
        'con, spec 2.3',
      ],
      [
        'con is F',
        '({ events, maximal }: BlockStructure, set: EventSet): boolean =>\n  maximal.some((larger) => isSubset(set & events, larger))',
        '({ events, indexOf }: BlockStructure, set: EventSet): boolean =>\n  indexOf.has(set & events)',
        'con, spec 2.3',
      ],
      ['⊢ does not ask for con', 'isConsistent(structure, set) && ', '', '⊢, spec 2.3'],
      [
        '⊢ by any Y that has e',
        'causesOf(event).some((cause) => isSubset(cause, set))',
        'causesOf(event).length > 0',
        '⊢, spec 2.3',
      ],
      [
        '⊢ asks for con with e',
        '  isConsistent(structure, set) &&',
        '  isConsistent(structure, set | singleton(event)) &&',
        '⊢, spec 2.3: X ⊢ e does not imply con(X ∪ {e})',
      ],
      [
        'con stops at the bound',
        ': consistentEnds(block, naming, paths, limits).map(setOf)',
        ': eventSets',
        'spec 2.5: con is decided exactly',
      ],
    ],
  ),
  ...inFile(
    'src/events/event-structure.ts',
    [conditions],
    [
      [
        'a fork further on than events are listed goes unseen',
        'Math.max(length, lengthToFork(block))',
        'length',
        'spec 2.5: undetermined, however long the history is',
      ],
    ],
  ),
  ...inFile(
    'src/events/paths.ts',
    [structures, naive, table],
    [
      ['loops are unrolled once too often', 'length >= bound', 'length > bound', 'spec 2.5: the bound'],
      ['loops are unrolled once too few', 'length >= bound', 'length >= bound - 1', 'spec 2.5: the bound'],
      [
        'paths that meet are one',
        'ends.push({ ...next, length: length + 1, last: { before: end, edge } });',
        'if (!ends.some(({ state }) => state === edge.to)) ends.push({ ...next, length: length + 1, last: { before: end, edge } });',
        'F, spec 2.1: all paths',
      ],
      [
        'a history is what happened last',
        'before?.id ?? -group - 1',
        'before?.label ?? -group - 1',
        'spec 2.5: events named by their histories',
      ],
    ],
  ),
  ...inFile(
    'src/events/conditions.ts',
    [structures, conditions],
    [
      [
        'any configuration will do',
        'else if (one.naming.clock !== null || !areAlike(one.block, before.state, pair.state))',
        'else if (one.naming.clock !== null)',
        'determined, spec 2.2',
      ],
      [
        'configurations must be the same state',
        '!areAlike(one.block, before.state, pair.state)',
        'before.state !== pair.state',
        'determined, spec 2.2: equal configurations',
      ],
      [
        'a clock may fork into states that are alike',
        'one.naming.clock !== null || !areAlike',
        '!areAlike',
        'determined, spec 2.5: of a clock, one state',
      ],
      [
        'unions are not asked for',
        'if (upper !== undefined) return',
        'if (upper !== undefined && one.eventSets.length === 0) return',
        'finite-complete, spec 2.2',
      ],
      [
        'unions are asked for without an upper bound',
        "if (upper !== undefined) return { code: 'incomplete', block: one.block, sets: [b, a], union, upper };",
        "return { code: 'incomplete', block: one.block, sets: [b, a], union, upper: upper ?? union };",
        'finite-complete, spec 2.2',
      ],
      [
        'no set is nonlocal',
        'if (switches.length > 1) return',
        'if (switches.length > 99) return',
        'locally determined, spec 2.2',
      ],
      [
        'every inconsistent set is asked for',
        'if (!keptWith.get(event)!.some((rival) => isSubset(rival, larger)))',
        'if (!keptWith.get(event)!.some((rival) => rival === larger))',
        'minimally inconsistent, spec 2.2',
      ],
      [
        'loops may be anywhere',
        "if (two) return { code: 'cycle'",
        "if (two && states.length === 0) return { code: 'cycle'",
        'loops, spec 2.5',
      ],
      [
        'ordered blocks may be anywhere',
        "if (two) return { code: 'unordered'",
        "if (two && block.states.length === 0) return { code: 'unordered'",
        'ordered, spec 2.5',
      ],
    ],
  ),
  ...inFile(
    'src/events/transition-system.ts',
    [structures, systems],
    [
      [
        'events are ordered by place alone',
        'a.distance - b.distance || compareLocations',
        'compareLocations',
        'spec 2.1: ids by breadth-first distance',
      ],
    ],
  ),
  ...inFile(
    'src/events/link-conditions.ts',
    [structures, systems],
    [
      [
        'formulas are compared as they are written',
        'meaning(fields, formula)',
        'keyOf(formula)',
        'spec 1.5: φ compared as a set of packets',
      ],
      [
        'assignments leave φ as it is',
        'conjoin(fields, forget(formula, atom.field), { ...atom, equal: true })',
        'conjoin(fields, formula, { ...atom, equal: true })',
        'spec 1.5: f<-n',
      ],
      [
        'tests of the state always pass',
        'reach(to, formula, and(when, holds(atom)));',
        'reach(to, formula, when);',
        'spec 1.5: state(m)=n',
      ],
      [
        'one way to each node is enough',
        'found ? or(found.when, when) : when',
        'found?.when ?? when',
        'spec 1.5: + is union',
      ],
    ],
  ),
  ...inFile(
    'src/events/blocks.ts',
    [structures, blocks],
    [
      [
        'edges that change nothing stay',
        'if (next.every((value, i) => value === state[i])) continue;',
        'if (next.length === 0) continue;',
        'spec 1.5: an edge with k′ = k is dropped',
      ],
      [
        'what decides at a link may be of another block',
        'groups.join([...link.assignments.map(({ component }) => component), ...deciding]);',
        'groups.join(link.assignments.map(({ component }) => component));',
        'blocks, spec 2.4',
      ],
      [
        'what a link assigns may be of several blocks',
        'groups.join([...link.assignments.map(({ component }) => component), ...deciding]);',
        'groups.join([link.assignments[0]!.component, ...deciding]);',
        'blocks, spec 2.4',
      ],
      [
        'edges with one label may be of several blocks',
        'if (!indices.includes(other)) isStable = false;\n        groups.join([other, indices[0]!]);',
        '',
        'blocks, spec 2.4',
      ],
      [
        'ordered declarations join nothing',
        'for (const declared of ordered) groups.join(declared);',
        '',
        'blocks, spec 2.4; ordered, spec 2.5',
      ],
    ],
  ),
  ...inFile(
    'src/events/naming.ts',
    [namings, conditions, ordered],
    [
      [
        'events of ordered blocks are counted',
        'block.isOrdered ? [together([...block.states.keys()], block.edges)] : joined(components)',
        'joined(components)',
        'ordered, spec 2.5',
      ],
      [
        'groups that share a label stay apart',
        '[...group.labels].some((label) => labels.has(label))',
        'labels.size < 0',
        'spec 2.5: groups that share a label are one',
      ],
      ['a clock may have other events beside its loops', 'first.labels.size === own.size && ', '', 'spec 2.5: clocks'],
    ],
  ),
  ...inFile(
    'src/netkat/configuration.ts',
    [hops, table, structures],
    [
      [
        'all positions are one',
        'for (const occurrence of position) {',
        'for (const occurrence of [...afterOccurrence.keys()]) {',
        'spec 1.4: positions',
      ],
      [
        'one of several positions is enough',
        'for (const occurrence of position) {',
        'for (const occurrence of position.slice(0, 1)) {',
        'spec 1.4: subset construction',
      ],
      [
        'the port of arrival does not matter',
        'if (atom.from.port !== walker.port) continue;',
        'if (atom.from.port < 0) continue;',
        'spec 1.4: its port is then b',
      ],
    ],
  ),
  ...inFile(
    'src/netkat/tree.ts',
    [structures],
    [
      [
        'a policy may finish anywhere',
        'if (finished && !hostAt(topology, exit))',
        'if (finished && exit.switch < 0)',
        'spec 1.4: egress',
      ],
      ['loops are not looked for', 'if (onPath.has(node.hop)) return path;', '', 'spec 1.4: forwarding loop'],
    ],
  ),
  ...inFile(
    'src/execution/figure6.ts',
    [validate],
    [
      [
        'the tag is taken late: at the first SW',
        'copy.tag ?? eventSet',
        'copy.tag === null || copy.position[0] === 0 ? eventSet : copy.tag',
        'IN: tag E_n, spec 3; spec 4.1: the tag is fixed at IN',
      ],
      [
        'packets are forwarded by what each switch knows',
        'copy.tag ?? eventSet',
        'eventSet',
        'SW: outputs by g(tag), spec 3',
      ],
      [
        'the digest is not carried on',
        'passOn: (eventSet, digest, detected) => digest | eventSet | detected',
        'passOn: (eventSet, _digest, detected) => eventSet | detected',
        'SW: every output’s digest is d ∪ E_n ∪ E′',
      ],
      ['⊢ is not asked', 'matching.filter((e) => enables(structure, eventSet | digest, e))', 'matching', 'figure6: E′'],
    ],
  ),
  ...inFile(
    'src/execution/tagged.ts',
    [validate, stories, table],
    [
      [
        'con is not asked',
        'isNew && isConsistent(structure, heard | detected | singleton(e))',
        'isNew',
        'tagged, repair (a)',
      ],
      [
        'the digest is not carried on',
        '...figure6,',
        '...figure6, passOn: (eventSet, _digest, detected) => eventSet | detected,',
        'SW: every output’s digest is d ∪ E_n ∪ E′',
      ],
      [
        'the digest is not learnt',
        '...figure6,',
        '...figure6, learn: (eventSet, _digest, detected) => eventSet | detected,',
        'SW: E_n := E_n ∪ d ∪ E′',
      ],
      ['the controller is told the events alone', '[eventSet | digest | detected]', '[detected]', 'tagged, repair (b)'],
      ['CTRLSEND sends nothing', '[eventSet | known]', '[eventSet]', 'CTRLSEND, spec 3'],
      ['known events are detected again', '!contains(heard, e) && enables', 'enables', 'tagged: events not in E_n ∪ d'],
    ],
  ),
  ...inFile(
    'src/execution/best-effort.ts',
    [validate, stories, table],
    [
      ['the controller does not ask for ⊢', ' && enables(structure, known, e)', '', 'two-phase: R ⊢ e'],
      [
        'the controller does not ask for con',
        ' && isConsistent(structure, known | singleton(e))',
        '',
        'two-phase: con(R ∪ {e})',
      ],
      [
        'an item for each event',
        'matching.map((e) => firstWithItsLabel(structure, e))',
        'matching',
        'two-phase: an item for each such label',
      ],
      ['versions stay', '(_eventSet, known) => [known]', '(eventSet) => [eventSet]', 'CTRLSEND sets the version to R'],
      ['packets of best-effort are tagged', 'stamp: () => null', 'stamp: (version) => version', 'best-effort: no tags'],
      [
        'best-effort forwards by tags',
        'stamp: () => null,\n  processedBy: (_copy, eventSet) => eventSet,',
        'stamp: (eventSet) => eventSet,\n  processedBy: (copy, eventSet) => copy.tag ?? eventSet,',
        'best-effort: by the configuration it was last told',
      ],
    ],
  ),
  ...inFile(
    'src/execution/rules.ts',
    [validate, stories, table],
    [
      [
        'LINK delivers to the front',
        '[...inputQueue(state, to), copy]',
        '[copy, ...inputQueue(state, to)]',
        'LINK: queues are FIFO',
      ],
      [
        'OUT forgets the copy that moves on',
        'const stays = head.to ?',
        'const stays = head.to && head.port < 0 ?',
        'spec 3.1: best-effort',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/paper.ts',
    [stories, table],
    [
      [
        'packets of older configurations trigger events',
        'if (x !== emptySet && trees.happened(run, lp.packet) !== trees.under(x, headers, at)) continue;',
        'if (trees.under(x, headers, at) === undefined) continue;',
        'spec 4.3',
      ],
      [
        'X grows within a located packet',
        '!enables(structure, x, e)',
        '!enables(structure, x | added, e)',
        'spec 4.3: X is the set before lp',
      ],
      ['j ≤ i becomes j < i', '!isUnder(0, i)) {', '!isUnder(0, i - 1)) {', 'spec 4.3: with j ≤ i'],
      ['j ≥ i + 1 becomes j ≥ i', '!isUnder(i + 1, last)', '!isUnder(i, last)', 'spec 4.3: with j ≥ i+1'],
      [
        '≺ goes through the controller',
        'happensBefore(run, false)',
        'happensBefore(run, true)',
        'spec 4.1: in the causal specification only',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/causal.ts',
    [stories, table],
    [
      ['B is ignored', 'isSubset(b, x) && (x & a) === emptySet', '(x & a) === emptySet', 'spec 4.4: X ⊇ B'],
      ['A is ignored', 'isSubset(b, x) && (x & a) === emptySet', 'isSubset(b, x)', 'spec 4.4: disjoint from A'],
      [
        'X need not have occurred',
        'eventSetsWithin(run.setting.structure, occurred)',
        'run.setting.structure.eventSets',
        'spec 4.4: made of events that occurred',
      ],
      [
        '≺ leaves the controller out',
        'happensBefore(run, true)',
        'happensBefore(run, false)',
        'spec 4.1: the controller',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/lemma3.ts',
    [stories, table],
    [
      [
        'every E_n is left out',
        '...queue, state.known, ...sets, ...digests',
        '...queue, state.known, ...digests',
        'spec 4.2: con of all E_n, digests, Q, R',
      ],
      ['con is not asked', 'if (!isConsistent(structure, everywhere)) {', 'if (everywhere < 0n) {', 'Lemma 3'],
      [
        'any set may be an E_n',
        'if (isEventSet(structure, eventSet)) continue;',
        'continue;',
        'spec 4.2: every E_n is an event-set',
      ],
      [
        'what waits in Q of two-phase counts',
        "capabilities[semantics].items === 'labels' ? []",
        "capabilities[semantics].items === 'labels' && semantics !== 'two-phase' ? []",
        'spec 4.2: R and the versions take the place of these',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/trace.ts',
    [order, stories, table],
    [
      [
        'the SW of an ingress hop records an arrival',
        'if (!isIngress) trace',
        'trace',
        'spec 4.1: records no further arrival',
      ],
      ['exits are not recorded', 'if (finished) trace', 'if (finished && port < 0) trace', 'spec 4.1: an exit'],
      [
        'drops where packets enter are not recorded',
        'if (isIngress && queued.length === 0)',
        'if (isIngress && queued.length < 0)',
        'spec 4.1: a packet dropped there is recorded once more',
      ],
      [
        'exits match events',
        "lp.kind === 'arrival' &&\n    ",
        '',
        'spec 1.5: when it arrives (ARCHITECTURE.md, decisions)',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/trees.ts',
    [stories, table],
    [
      ['exits are no part of trees', '[...exits, ...sentOn', '[...sentOn', 'spec 1.4: a leaf is an exit'],
      [
        'hops after the first are no part of trees',
        '...sentOn(run, sw).map((copy) => hops.get(copy)!)',
        '',
        'spec 1.4: the tree of hops',
      ],
    ],
  ),
  ...inFile(
    'src/theorems/happens-before.ts',
    [order],
    [
      [
        'CTRLSEND is no step of its switch',
        "case 'CTRLSEND':\n      return step.switch;",
        '',
        'spec 4.1: CTRLSEND is a step of its switch',
      ],
      [
        'copies do not follow their parents',
        'if (later.took?.sentBy === a) return true;',
        '',
        'spec 4.1: the path of each copy',
      ],
      [
        'CTRLRECV is before CTRLSEND everywhere',
        'if (!controller) return false;',
        '',
        'spec 4.1: in the causal specification only',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/order.ts',
    [bounded],
    [
      [
        'the order of steps may have circles',
        'script.require(not(and(before(a, b), before(b, c), before(c, a))));',
        '',
        'an execution is a sequence',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/steps.ts',
    [queues],
    [
      [
        'queues are not FIFO',
        'steps.script.require(implies(first, and(a.on, before(steps, a, b))));',
        '',
        'spec 3: FIFO',
      ],
      [
        'copies may be taken before they are sent',
        'implies(step.on, places.before(step.parent.place, step.place))',
        "'true'",
        'spec 3: SW takes what is in a queue',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/forwarding.ts',
    [bounded],
    [
      ['any rule that matches may apply', '...preferred.map(not)', '', 'tables: the rule of highest priority'],
      ['positions do not matter', 'positions[step.id]!(rule.position)', 'yes', 'spec 1.4: positions'],
      ['nobody looks at tags', 'by(step, rule.by)', 'yes', 'spec 3: SW forwards by g(tag)'],
    ],
  ),
  ...inFile(
    'src/smt/bounded/controller.ts',
    [controller],
    [
      [
        'a CTRLSEND may be from before earlier steps',
        'order.before(other.place, place)',
        "'true'",
        'spec 4.1: the order of the steps at a switch',
      ],
      [
        'items may be received before they are told',
        'implies(received, order.before(step.place, place))',
        "'true'",
        'spec 3: CTRLRECV takes an item of Q',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/flow.ts',
    [bounded],
    [
      ['copies carry no digests', 'how.carried && parent?.copy', 'false', 'spec 3: digests'],
      [
        'switches know what they will hear',
        'and(gains[other.id]![fact]!, before(steps, other, step))',
        'gains[other.id]![fact]!',
        'spec 3: E_n',
      ],
      ['nobody is informed', 'matters(step) ? sent(step, flow) : none', 'none', 'spec 3: CTRLSEND'],
    ],
  ),
  ...inFile(
    'src/smt/bounded/detection.ts',
    [bounded],
    [
      [
        'events detected together need not be consistent',
        'not(or(heard[e]!, detected[e]!))',
        'not(heard[e]!)',
        'spec 3.1 (a)',
      ],
      ['causes are not asked for by tables', '...required.map((e) => heard[e]!),', '', 'spec 3.1: ⊢'],
      [
        'causes are not asked for by figure6',
        'and(matches, isConsistent, enabled(structure, heard, event.id))',
        'and(matches, isConsistent)',
        'spec 3.1: ⊢',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/event-terms.ts',
    [bounded],
    [
      [
        'events occur that are not consistent',
        'and(matches, not(x[id]!), enables, consistent(structure, grown))',
        'and(matches, not(x[id]!), enables)',
        'spec 4.3, 4.4: con',
      ],
      [
        'events occur without their causes',
        'and(matches, not(x[id]!), enables, consistent(structure, grown))',
        'and(matches, not(x[id]!), isConsistent, consistent(structure, grown))',
        'spec 4.3, 4.4: ⊢',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/receptions.ts',
    [bounded],
    [
      [
        'R is always empty when an item comes',
        'and(isEarlier(other, item), added.get(other)![e]!)',
        "'false'",
        'spec 3.1: CTRLRECV adds to R',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/network.ts',
    [bounded],
    [
      [
        'the controller sends events that it has not heard of',
        'implies(term, sent[e]!)',
        "'true'",
        'spec 3.1: any one event of R',
      ],
      [
        'nobody asks whether the bound on loops is met',
        'beyond: anyOf([...asked, ...decided, ...learned])',
        "beyond: 'false'",
        'spec 2.5',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/lemma3-goal.ts',
    [bounded],
    [
      ['inconsistent events are allowed', 'at ? no : not(consistent(structure, everywhere))', 'no', 'spec 4.2: con'],
      ['switches may know anything', 'not(isSomeEventSet(structure, end))', 'no', 'spec 4.2: E_n is an event-set'],
    ],
  ),
  ...inFile(
    'src/smt/bounded/history.ts',
    [historyTest, bounded],
    [
      [
        '≺ does not go through the controller',
        'throughController ? controller.sendBefore(step) : undefined',
        'undefined',
        'spec 4.1',
      ],
      ['no packet is ever over', 'implies(isTaken[colour]!, over)', "'false'", 'spec 4.3, 4.4: too early'],
      ['packets are over before they enter', 'implies(isTaken[colour]!, over)', "'true'", 'spec 4.3, 4.4: too early'],
    ],
  ),
  ...inFile(
    'src/smt/bounded/causal-goal.ts',
    [bounded],
    [
      ['what occurred before a packet need not be in X', ': earlier[id]!', ": 'false'", 'spec 4.4: X ⊇ B'],
      [
        'X may have events that did not occur',
        'or(not(occurs[id]!), after[id]!)',
        'after[id]!',
        'spec 4.4: made of events that occurred',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/paper-goal.ts',
    [bounded],
    [
      [
        'any packet triggers an event',
        'return matched && and(matched, mayOccur);',
        'return matched;',
        'spec 4.3: the tree under g(X)',
      ],
      ['too late is allowed', 'return and(isEarlier, unexplainedFrom(id));', 'return no;', 'spec 4.3'],
      ['mixtures are allowed', 'violated: anyOf([mixture, ...', 'violated: anyOf([...', 'spec 4.3'],
    ],
  ),
  ...inFile(
    'src/smt/bounded/trees.ts',
    [bounded],
    [
      [
        'trees may have more than they should',
        'allOf([applied[i]!, ...every, ...each])',
        'allOf([applied[i]!, ...each])',
        'spec 1.4: equal trees',
      ],
      [
        'trees may have less than they should',
        'allOf([applied[i]!, ...every, ...each])',
        'allOf([applied[i]!, ...every])',
        'spec 1.4: equal trees',
      ],
    ],
  ),
  ...inFile(
    'src/smt/bounded/engine.ts',
    [bounded],
    [
      [
        'no packet enters where no configuration is',
        'return packets > 1 ? [undefinedEntry, complete] : [complete];',
        'return packets > 1000 ? [undefinedEntry, complete] : [complete];',
        'spec 4.2, last sentence',
      ],
    ],
  ),
  ...propertyMutants,
];
