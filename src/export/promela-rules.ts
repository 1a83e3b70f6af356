/**
 * The rules of spec 3 and the definitions of spec 4 in Promela, over the constants and tables that `promela.ts` writes
 * before them. A state is what the rules speak of (E_n, copies on their way, Q, R) and, for Theorem 1, what is needed
 * of the history: for each switch, copy, item and version of R its past under ≺, as the events that occurred in it and
 * the recorded steps of each packet in it.
 *
 * LINK, OUT and the controller's steps are joined to others as in `network/reductions/merged-links.ts` and
 * `network/reductions/lazy-controller.ts`, where it is argued that no verdict depends on it. Pasts are exact. The
 * packets' trees are compared hop by hop; where the tag does not settle them (best-effort), the entry of a packet
 * guesses with which configurations its tree will agree, and executions whose guess was wrong do not count.
 */
export const promelaRules = `
/* What is on its way. Copies are kept by queue, in the order of arrival within a queue. */
byte turn = ANYONE;          /* whose step must follow: a switch's, the controller's, anyone's */
byte entered;                /* packets that have entered */
SET eventSet[SWITCHES];      /* E_n, or the version that the switch was last told */
byte copies;
KIND kind[COPIES]; byte packet[COPIES]; byte tag[COPIES]; SET digest[COPIES]; bit fresh[COPIES];
byte items;                  /* how many are in Q */
SET controllerQueue[ITEMS];  /* Q: sets of events, or labels */
byte versions = 1;           /* the values that R has had */
SET known[VERSIONS];         /* R, at each of them; the last is R now */
byte oldest[SWITCHES];       /* the version that R had at the last step of the switch */

/* Pasts under the order of spec 4.1: events that occurred, and for each packet its recorded steps, as bits. */
SET switchEvents[SWITCHES]; int switchSteps[SWITCHES * PACKETS];
SET copyEvents[COPIES];     int copySteps[COPIES * PACKETS];
SET itemEvents[ITEMS];      int itemSteps[ITEMS * PACKETS];
SET versionEvents[VERSIONS]; int versionSteps[VERSIONS * PACKETS];

/* Of each packet: the configurations that give its tree, those that have so far, its recorded steps, B and A of spec 4.3, 4.4. */
int tree[PACKETS]; int agrees[PACKETS]; byte steps[PACKETS]; SET before[PACKETS]; SET after[PACKETS];
SET occurred;                /* X */
byte occurrences; byte order[EVENTS];

/* What a step chooses, 0 between steps. The others are no part of the state: they are computed anew after the last choice. */
byte pickA; byte pickB; byte pickC;
hidden int i; hidden int j; hidden int n; hidden int e; hidden int c; hidden int k; hidden int p; hidden int v; hidden int x; hidden int q;
hidden int detected; hidden int heard; hidden int learned; hidden int found; hidden int added; hidden int all; hidden int past; hidden int lo; hidden int hi; hidden int first;
hidden int pastSteps[PACKETS];     /* the recorded steps in the past of the step that is taken */

/* Any number below a bound, which is not 0. (As an inline it loses terms of its bound in SPIN 6.5.2.) */
#define choose(variable, bound) variable = 0; do :: variable < (bound) - 1 -> variable++ :: break od; skip

#define everyPacket(body) p = 0; do :: p < PACKETS -> body; p++ :: else -> break od

/* The step that is taken records located packets of this packet (spec 4.1). */
inline record(who) {
  before[who] = before[who] & past; after[who] = 0;
  pastSteps[who] = pastSteps[who] | (1 << steps[who]); steps[who]++
}

/* e occurs at the step that is taken, which records the packet who: A of all packets that have been over for it. */
inline occurs(who) {
  added = added | (1 << e); order[occurrences] = e; occurrences++;
  everyPacket(if :: p != who && steps[p] > 0 && pastSteps[p] == (1 << steps[p]) - 1 -> after[p] = after[p] | (1 << e) :: else fi)
}

/* The events that occur where packet who arrives as kind k: spec 4.3 from X, or spec 4.4 from the past. */
inline findOccurrences(who) {
  added = 0; all = (CHECK == CAUSAL -> past : occurred); e = 0;
  do
  :: e < EVENTS ->
    if
    :: ((kindEvents[k] >> e) & 1) && !((all >> e) & 1) && ENABLES(all, e) && CON(all | added | (1 << e)) &&
       (CHECK == CAUSAL || all == 0 || ((tree[who] >> G(all)) & 1)) -> occurs(who)
    :: else
    fi; e++
  :: else -> break
  od;
  occurred = occurred | added; past = past | added
}

/* Lemma 3 and its companions (spec 4.2), in every state. */
inline checkLemma3() {
  if
  :: CHECK == LEMMA3 ->
    all = known[versions - 1]; n = 0;
    do :: n < SWITCHES -> assert(G(eventSet[n]) != UNDEFINED); all = all | eventSet[n]; n++ :: else -> break od;
    i = 0; do :: i < copies -> all = all | digest[i]; i++ :: else -> break od;
    i = 0; do :: i < items && ITEMS_ARE_SETS -> all = all | controllerQueue[i]; i++ :: else -> break od;
    assert(CON(all))
  :: else
  fi
}

/* Theorem 1 of packet q, whose tree is that of the configurations tree[q]. */
inline checkPaper() {
  lo = -1; hi = -1; all = 0; i = 0;
  do
  :: i <= occurrences ->
    if :: (tree[q] >> G(all)) & 1 -> hi = i; if :: lo < 0 -> lo = i :: else fi :: else fi;
    if :: i < occurrences -> all = all | (1 << order[i]) :: else fi; i++
  :: else -> break
  od;
  assert(lo >= 0);
  i = 0;
  do
  :: i < occurrences ->
    assert(!((before[q] >> order[i]) & 1) || hi >= i + 1);
    assert(!((after[q] >> order[i]) & 1) || lo <= i); i++
  :: else -> break
  od
}

inline checkCausal() {
  found = 0; i = 0;
  do
  :: i < FAMILY ->
    if
    :: ((tree[q] >> familyG[i]) & 1) && !(family[i] & ~occurred) && !(before[q] & ~family[i]) && !(family[i] & after[q]) -> found = 1
    :: else
    fi; i++
  :: else -> break
  od;
  assert(found)
}

/* An execution is complete when no copy is on its way; one that guessed wrong is none. */
inline checkComplete() {
  if
  :: CHECK != LEMMA3 && copies == 0 ->
    found = 1; q = 0;
    do :: q < entered -> if :: SEMANTICS == BEST_EFFORT && tree[q] != agrees[q] -> found = 0 :: else fi; q++ :: else -> break od;
    if
    :: found ->
      q = 0; do :: q < entered -> if :: CHECK == PAPER -> checkPaper() :: else -> checkCausal() fi; q++ :: else -> break od
    :: else
    fi
  :: else
  fi
}

/* Switch n has taken a step: its past is the step's, and what the controller sent before it can reach it no more. */
inline stepped() {
  oldest[n] = versions - 1; turn = ANYONE; switchEvents[n] = past;
  everyPacket(switchSteps[n * PACKETS + p] = pastSteps[p])
}

inline copyFrom(a, b) {
  kind[a] = kind[b]; packet[a] = packet[b]; tag[a] = tag[b]; digest[a] = digest[b]; fresh[a] = fresh[b]; copyEvents[a] = copyEvents[b];
  everyPacket(copySteps[(a) * PACKETS + p] = copySteps[(b) * PACKETS + p])
}

inline clearCopy(a) {
  kind[a] = 0; packet[a] = 0; tag[a] = 0; digest[a] = 0; fresh[a] = 0; copyEvents[a] = 0;
  everyPacket(copySteps[(a) * PACKETS + p] = 0)
}

/* A copy joins its queue at the end. */
inline queueCopy(what, who, by, passedOn, isFresh) {
  assert(copies < COPIES); j = copies;
  do
  :: j > 0 && kindQueue[kind[j - 1]] > kindQueue[what] -> copyFrom(j, j - 1); j--
  :: else -> break
  od;
  kind[j] = what; packet[j] = who; tag[j] = by; digest[j] = passedOn; fresh[j] = isFresh; copyEvents[j] = past;
  everyPacket(copySteps[j * PACKETS + p] = pastSteps[p]);
  copies++
}

/* The controller is told. */
inline tell(what) {
  assert(items < ITEMS);
  controllerQueue[items] = what;
  if :: CHECK == CAUSAL -> itemEvents[items] = past; everyPacket(itemSteps[items * PACKETS + p] = pastSteps[p]) :: else fi;
  items++
}

/* IN: entry i of the table of entries, by a host at switch n. */
inline enter() {
  choose(pickA, ENTRIES);
  /* best-effort: the tree will be that of configuration pickB, or of none. */
  choose(pickB, (SEMANTICS == BEST_EFFORT && CHECK != LEMMA3 -> CONFIGURATIONS + 1 : 1));
  i = pickA; n = entrySwitch[i]; x = G(eventSet[n]);
  if
  :: turn != ANYONE && turn != n
  :: (turn == ANYONE || turn == n) && x == UNDEFINED ->
    printf("SNK IN %d\\n", i);
    assert(CHECK == LEMMA3)
  :: else ->
    d_step {
      printf("SNK IN %d\\n", i);
      past = switchEvents[n];
      everyPacket(pastSteps[p] = switchSteps[n * PACKETS + p]);
      if
      :: CHECK != LEMMA3 ->
        c = (SEMANTICS == BEST_EFFORT -> pickB : x);
        if :: c < CONFIGURATIONS -> tree[entered] = sameTree[i * CONFIGURATIONS + c] :: else -> tree[entered] = 0 fi;
        agrees[entered] = (1 << CONFIGURATIONS) - 1; before[entered] = ALL; record(entered)
      :: else
      fi;
      queueCopy(entryKind[i], entered, (SEMANTICS == BEST_EFFORT -> 0 : x), 0, 1);
      stepped(); entered++
    };
    checkLemma3()
  fi
}

/* SW, but for the forwarding: E', and E_n and the digest of every output after it, which are the same (spec 3.1). */
inline detect() {
  detected = 0; heard = eventSet[n] | digest[c]; learned = 0; e = 0;
  if
  :: SEMANTICS == TAGGED ->
    do
    :: e < EVENTS ->
      if
      :: ((kindEvents[k] >> e) & 1) && !((heard >> e) & 1) && ENABLES(heard, e) && CON(heard | detected | (1 << e)) ->
        detected = detected | (1 << e)
      :: else
      fi; e++
    :: else -> break
    od;
    learned = heard | detected;
    if :: detected -> tell(learned) :: else fi;
    eventSet[n] = learned
  :: SEMANTICS == FIGURE6 ->
    do
    :: e < EVENTS ->
      if :: ((kindEvents[k] >> e) & 1) && ENABLES(heard, e) -> detected = detected | (1 << e); tell(1 << e) :: else fi; e++
    :: else -> break
    od;
    learned = heard | detected; eventSet[n] = learned
  :: SEMANTICS == TWO_PHASE || SEMANTICS == BEST_EFFORT ->
    do :: e < LABELS -> if :: (kindLabels[k] >> e) & 1 -> tell(e) :: else fi; e++ :: else -> break od
  fi
}

/* SW: a switch takes the head of an input queue. */
#define PROCESSED_BY(c, n) (SEMANTICS == BEST_EFFORT -> G(eventSet[n]) : tag[c])
inline process() {
  choose(pickA, copies); c = pickA; k = kind[c]; n = queueSwitch[kindQueue[k]]; x = PROCESSED_BY(c, n);
  if
  :: (turn != ANYONE && turn != n) || (c > 0 && kindQueue[kind[(c > 0 -> c - 1 : 0)]] == kindQueue[k]) || x == UNDEFINED
  :: else ->
    choose(pickB, hopOrders[k * CONFIGURATIONS + x]);
    c = pickA; v = pickB; k = kind[c]; n = queueSwitch[kindQueue[k]]; x = k * CONFIGURATIONS + PROCESSED_BY(c, n);
    d_step {
      printf("SNK SW %d %d\\n", kindQueue[k], v);
      q = packet[c]; lo = tag[c]; first = hopFirst[x] + v * hopMoves[x];
      past = switchEvents[n] | copyEvents[c];
      everyPacket(pastSteps[p] = switchSteps[n * PACKETS + p] | copySteps[c * PACKETS + p]);
      if
      :: CHECK != LEMMA3 ->
        agrees[q] = agrees[q] & hopAgree[x];
        if :: !fresh[c] || hopExits[x] > 0 || hopMoves[x] == 0 -> record(q) :: else fi;
        if :: !fresh[c] -> findOccurrences(q) :: else fi
      :: else
      fi;
      detect();
      i = c; do :: i < copies - 1 -> copyFrom(i, i + 1); i++ :: else -> break od;
      copies--; clearCopy(copies);
      i = 0; do :: i < hopMoves[x] -> queueCopy(moves[first + i], q, lo, learned, 0); i++ :: else -> break od;
      stepped();
      /* Who guessed wrong goes no further. */
      if :: CHECK != LEMMA3 && SEMANTICS == BEST_EFFORT && (tree[q] & ~agrees[q]) -> turn = NOONE :: else fi
    };
    checkLemma3(); checkComplete()
  fi
}

/* CTRLRECV: the controller takes an item of Q. */
inline receive() {
  choose(pickA, items);
  d_step {
    j = pickA;
    all = known[versions - 1]; past = versionEvents[versions - 1];
    everyPacket(pastSteps[p] = versionSteps[(versions - 1) * PACKETS + p]);
    if
    :: ITEMS_ARE_SETS -> all = all | controllerQueue[j]
    :: else ->
      /* The first event with that label that can have happened now. */
      e = 0;
      do
      :: e < EVENTS ->
        if
        :: eventLabel[e] == controllerQueue[j] && !((all >> e) & 1) && ENABLES(all, e) && CON(all | (1 << e)) -> all = all | (1 << e); break
        :: else
        fi; e++
      :: else -> break
      od
    fi;
    if
    :: CHECK == CAUSAL -> past = past | itemEvents[j]; everyPacket(pastSteps[p] = pastSteps[p] | itemSteps[j * PACKETS + p])
    :: else
    fi;
    found = (all != known[versions - 1] || past != versionEvents[versions - 1]);
    everyPacket(found = (found || pastSteps[p] != versionSteps[(versions - 1) * PACKETS + p]));
    if
    :: found ->
      assert(versions < VERSIONS);
      known[versions] = all; versionEvents[versions] = past;
      everyPacket(versionSteps[versions * PACKETS + p] = pastSteps[p]);
      versions++
    :: else
    fi;
    printf("SNK CTRLRECV %d %d\\n", j, versions - 1);
    i = j;
    do
    :: i < items - 1 ->
      controllerQueue[i] = controllerQueue[i + 1]; itemEvents[i] = itemEvents[i + 1];
      everyPacket(itemSteps[i * PACKETS + p] = itemSteps[(i + 1) * PACKETS + p]); i++
    :: else -> break
    od;
    items--; controllerQueue[items] = 0; itemEvents[items] = 0; everyPacket(itemSteps[items * PACKETS + p] = 0);
    turn = CONTROLLER
  };
  checkLemma3()
}

/* CTRLSEND: a switch hears what R was since its last step; in figure6, one event of it. */
inline send() {
  choose(pickA, SWITCHES);
  choose(pickB, versions - (turn == CONTROLLER -> versions - 1 : oldest[pickA]));
  choose(pickC, (SEMANTICS == FIGURE6 -> EVENTS : 1));
  n = pickA; v = pickB + (turn == CONTROLLER -> versions - 1 : oldest[n]); e = pickC;
  if
  :: SEMANTICS == FIGURE6 -> found = (known[v] >> e) & 1; all = eventSet[n] | (1 << e)
  :: SEMANTICS == TAGGED -> found = 1; all = eventSet[n] | known[v]
  :: else -> found = 1; all = known[v]
  fi;
  past = switchEvents[n] | versionEvents[v];
  everyPacket(pastSteps[p] = switchSteps[n * PACKETS + p] | versionSteps[v * PACKETS + p]);
  x = (all != eventSet[n] || past != switchEvents[n]);
  everyPacket(x = (x || pastSteps[p] != switchSteps[n * PACKETS + p]));
  if
  :: !found || !x || (turn != ANYONE && turn != CONTROLLER && turn != n)
  :: else ->
    d_step {
      assert(v < versions);
      printf("SNK CTRLSEND %d %d %d\\n", n, v, e);
      eventSet[n] = all; switchEvents[n] = past;
      everyPacket(switchSteps[n * PACKETS + p] = pastSteps[p]);
      oldest[n] = v; turn = n
    };
    checkLemma3()
  fi
}

inline forget() { pickA = 0; pickB = 0; pickC = 0 }

active proctype network() {
  do
  :: atomic { entered < PACKETS && turn < CONTROLLER -> enter(); forget() }
  :: atomic { copies > 0 && turn < CONTROLLER -> process(); forget() }
  :: atomic { CONTROLLER_ON && items > 0 && (turn == ANYONE || turn == CONTROLLER) -> receive(); forget() }
  :: atomic { CONTROLLER_ON && turn != NOONE -> send(); forget() }
  od
}
`;
