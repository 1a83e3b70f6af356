/**
 * The rules of spec 3 and the definitions of spec 4 in Promela, over the constants and tables that `promela.ts` and the
 * state that `promela-state.ts` writes before them. Each rule is one `d_step`, after the choices that it leaves open
 * (`promela-process.ts`): what follows from a choice is no step of SPIN's.
 *
 * LINK, OUT and the controller's steps are joined to others as in `network/reductions/merged-links.ts` and
 * `network/reductions/lazy-controller.ts`, where it is argued that no verdict depends on it. Pasts are exact. The
 * packets' trees are compared hop by hop; where the tag does not settle them (best-effort), the entry of a packet
 * guesses with which configurations its tree will agree, and executions whose guess was wrong do not count.
 */
export const promelaRules = `
/* Any number below a bound, which is not 0. (As an inline it loses terms of its bound in SPIN 6.5.2.) */
#define choose(variable, bound) variable = 0; do :: variable < (bound) - 1 -> variable++ :: break od; skip

#define everyPacket(body) p = 0; do :: p < PACKETS -> body; p++ :: else -> break od

#if !HISTORY
#define pastIs(events, stepsOf, first) skip
#define pastJoins(events, stepsOf, first) skip
#define keepPast(events, stepsOf, first) skip
#else
/* The past of the step that is taken: it begins as one that is kept, others join it, it is kept. */
#define pastIs(events, stepsOf, first) past = events; everyPacket(pastSteps[p] = stepsOf[(first) * PACKETS + p])
#define pastJoins(events, stepsOf, first) past = past | events; everyPacket(pastSteps[p] = pastSteps[p] | stepsOf[(first) * PACKETS + p])
#define keepPast(events, stepsOf, first) events = past; everyPacket(stepsOf[(first) * PACKETS + p] = pastSteps[p])

/* The step that is taken records located packets of this packet (spec 4.1). */
inline record(who) {
  before[who] = before[who] & past; after[who] = 0;
  pastSteps[who] = pastSteps[who] | (1 << steps[who]); steps[who]++
}

/* e occurs at the step that is taken, which records the packet who: A of all packets that have been over for it. */
inline occurs(who) {
  added = added | (1 << e);
#if ORDERED
  order[occurrences] = e; occurrences++;
#endif
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
#endif

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

#if ORDERED
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

#else
#define checkPaper() skip
#endif

#if !HISTORY
#define checkComplete() skip
#else
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
#if GUESSED
    do :: q < entered -> if :: SEMANTICS == BEST_EFFORT && tree[q] != agrees[q] -> found = 0 :: else fi; q++ :: else -> break od;
#endif
    if
    :: found ->
      q = 0; do :: q < entered -> if :: CHECK == PAPER -> checkPaper() :: else -> checkCausal() fi; q++ :: else -> break od
    :: else
    fi
  :: else
  fi
}
#endif

/* Switch n has taken a step: its past is the step's, and what the controller sent before it can reach it no more. */
inline stepped() {
  oldest[n] = versions - 1; turn = ANYONE; keepPast(switchEvents[n], switchSteps, n)
}

inline copyFrom(a, b) {
  kind[a] = kind[b]; packet[a] = packet[b]; tag[a] = tag[b]; digest[a] = digest[b]; fresh[a] = fresh[b];
#if HISTORY
  copyEvents[a] = copyEvents[b]; everyPacket(copySteps[(a) * PACKETS + p] = copySteps[(b) * PACKETS + p])
#endif
}

inline clearCopy(a) {
  kind[a] = 0; packet[a] = 0; tag[a] = 0; digest[a] = 0; fresh[a] = 0;
#if HISTORY
  copyEvents[a] = 0; everyPacket(copySteps[(a) * PACKETS + p] = 0)
#endif
}

/* A copy joins its queue at the end. */
inline queueCopy(what, who, by, passedOn, isFresh) {
  assert(copies < COPIES); j = copies;
  do
  :: j > 0 && kindQueue[kind[j - 1]] > kindQueue[what] -> copyFrom(j, j - 1); j--
  :: else -> break
  od;
  kind[j] = what; packet[j] = who; tag[j] = by; digest[j] = passedOn; fresh[j] = isFresh;
  keepPast(copyEvents[j], copySteps, j); copies++
}

/* The controller is told. */
inline tell(what) {
  assert(items < ITEMS);
  controllerQueue[items] = what;
#if TOLD_HISTORY
  if :: CHECK == CAUSAL -> keepPast(itemEvents[items], itemSteps, items) :: else fi;
#endif
  items++
}

/* IN: entry pickA of the table of entries, by a host at switch n. */
inline enter() {
#if GUESSED
  /* The tree will be that of configuration pickB, or of none. */
  choose(pickB, (SEMANTICS == BEST_EFFORT && CHECK != LEMMA3 -> CONFIGURATIONS + 1 : 1));
#endif
  d_step {
    i = pickA; n = entrySwitch[i]; x = G(eventSet[n]);
    printf("SNK IN %d\\n", i);
    assert(x != UNDEFINED);
    pastIs(switchEvents[n], switchSteps, n);
#if HISTORY
    if
    :: CHECK != LEMMA3 ->
      c = (SEMANTICS == BEST_EFFORT -> pickB : x);
      if :: c < CONFIGURATIONS -> tree[entered] = sameTree[i * CONFIGURATIONS + c] :: else -> tree[entered] = 0 fi;
#if GUESSED
      agrees[entered] = (1 << CONFIGURATIONS) - 1;
#endif
      before[entered] = ALL; record(entered)
    :: else
    fi;
#endif
    queueCopy(entryKind[i], entered, (SEMANTICS == BEST_EFFORT -> 0 : x), 0, 1);
    stepped(); entered++;
    forget(); checkLemma3()
  }
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

/* SW: switch n takes the head of an input queue, copy pickA. */
inline process() {
  choose(pickB, ORDERS(pickA));
  d_step {
    c = pickA; v = pickB; k = kind[c]; n = kindSwitch[k]; x = k * CONFIGURATIONS + PROCESSED_BY(c);
    printf("SNK SW %d %d\\n", kindQueue[k], v);
    q = packet[c]; lo = tag[c]; first = hopFirst[x] + v * hopMoves[x];
    pastIs(switchEvents[n], switchSteps, n); pastJoins(copyEvents[c], copySteps, c);
#if HISTORY
    if
    :: CHECK != LEMMA3 ->
#if GUESSED
      agrees[q] = agrees[q] & hopAgree[x];
#endif
      if :: !fresh[c] || hopExits[x] > 0 || hopMoves[x] == 0 -> record(q) :: else fi;
      if :: !fresh[c] -> findOccurrences(q) :: else fi
    :: else
    fi;
#endif
    detect();
    i = c; do :: i < copies - 1 -> copyFrom(i, i + 1); i++ :: else -> break od;
    copies--; clearCopy(copies);
    i = 0; do :: i < hopMoves[x] -> queueCopy(moves[first + i], q, lo, learned, 0); i++ :: else -> break od;
    stepped();
#if GUESSED
    /* Who guessed wrong goes no further. */
    if :: CHECK != LEMMA3 && SEMANTICS == BEST_EFFORT && (tree[q] & ~agrees[q]) -> turn = NOONE :: else fi;
#endif
    forget(); checkLemma3(); checkComplete()
  }
}

/* CTRLRECV: the controller takes item pickA of Q. */
inline receive() {
  d_step {
    j = pickA; all = known[versions - 1]; past = 0;
#if TOLD_HISTORY
    pastIs(versionEvents[versions - 1], versionSteps, versions - 1);
#endif
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
    found = (all != known[versions - 1]);
#if TOLD_HISTORY
    if :: CHECK == CAUSAL -> pastJoins(itemEvents[j], itemSteps, j) :: else fi;
    found = (found || past != versionEvents[versions - 1]);
    everyPacket(found = (found || pastSteps[p] != versionSteps[(versions - 1) * PACKETS + p]));
#endif
    if
    :: found ->
      assert(versions < VERSIONS);
      known[versions] = all;
#if TOLD_HISTORY
      keepPast(versionEvents[versions], versionSteps, versions);
#endif
      versions++
    :: else
    fi;
    printf("SNK CTRLRECV %d %d\\n", j, versions - 1);
    i = j; items--;
    do
    :: i < items ->
      controllerQueue[i] = controllerQueue[i + 1];
#if TOLD_HISTORY
      itemEvents[i] = itemEvents[i + 1]; everyPacket(itemSteps[i * PACKETS + p] = itemSteps[(i + 1) * PACKETS + p]);
#endif
      i++
    :: else -> break
    od;
    controllerQueue[items] = 0;
#if TOLD_HISTORY
    itemEvents[items] = 0; everyPacket(itemSteps[items * PACKETS + p] = 0);
#endif
    turn = CONTROLLER; forget(); checkLemma3()
  }
}

/* CTRLSEND: a switch hears a version of R, as pickA says which; in figure6, one event of it. */
inline send() {
#if SEMANTICS != TAGGED && SEMANTICS != TWO_PHASE && SEMANTICS != BEST_EFFORT
  choose(pickC, (SEMANTICS == FIGURE6 -> EVENTS : 1));
#endif
  d_step {
    n = pickA / VERSIONS; v = pickA % VERSIONS; e = pickC;
    if
    :: SEMANTICS == FIGURE6 -> all = eventSet[n] | (known[v] & (1 << e))
    :: SEMANTICS == TAGGED -> all = eventSet[n] | known[v]
    :: else -> all = known[v]
    fi;
    if
    :: SEMANTICS == FIGURE6 && !TELLS_ONE(n, v, e)
    :: else ->
      printf("SNK CTRLSEND %d %d %d\\n", n, v, e);
      eventSet[n] = all;
#if TOLD_HISTORY
      pastIs(switchEvents[n], switchSteps, n); pastJoins(versionEvents[v], versionSteps, v);
      keepPast(switchEvents[n], switchSteps, n);
#endif
      oldest[n] = v; turn = n
    fi;
    forget(); checkLemma3()
  }
}
`;
