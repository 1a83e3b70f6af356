/**
 * The rules of spec 3 and the definitions of spec 4 in TLA+, over the constants that `tla.ts` writes before them. LINK
 * and OUT are joined to SW, as `network/reductions/merged-links.ts` argues; all else is a step of its own. A past under
 * ≺ is a set of pairs: <<0, e>> for an event that occurred in it, <<p, i>> for the i-th recorded step of packet p.
 * Where the tree of a packet is not settled by its tag (best-effort), its entry guesses the configurations with which
 * the tree will agree; executions whose guess was wrong do not count.
 */
export const tlaRules = String.raw`
VARIABLES eventSet,        \* E_n, or the version that switch n was last told
          queue,           \* by place: the copies that wait there, the head first
          controllerQueue, \* Q: what was told, with the past of the telling
          known,           \* R, with its past
          past,            \* by switch
          pk,              \* the packets that have entered
          order,           \* the events that occurred, in the order of the trace
          broken           \* an IN at a switch whose E_n is no event-set
vars == <<eventSet, queue, controllerQueue, known, past, pk, order, broken>>

Con(X) == \E Y \in Maximal : X \subseteq Y
Enables(X, e) == Con(X) /\ \E Y \in Family : e \in Y /\ Y \subseteq (X \cup {e})
G(X) == (CHOOSE f \in Configured : f.set = X).conf
EventsIn(P) == {e \in Events : <<0, e>> \in P}
StepsOf(p) == {<<p, i>> : i \in 1..pk[p].steps}
Min(S) == CHOOSE e \in S : \A f \in S : e <= f

\* The events of todo, in order of id, that are new to base, enabled by it, and consistent with it and each other.
RECURSIVE Pick(_, _, _)
Pick(base, found, todo) ==
  IF todo = {} THEN found
  ELSE LET e == Min(todo)
           more == IF e \notin base /\ Enables(base, e) /\ Con(base \cup found \cup {e}) THEN {e} ELSE {}
       IN Pick(base, found \cup more, todo \ {e})

RECURSIVE Ascending(_)
Ascending(S) == IF S = {} THEN <<>> ELSE <<Min(S)>> \o Ascending(S \ {Min(S)})

Occurred == {order[i] : i \in 1..Len(order)}

Init ==
  /\ eventSet = [n \in Switches |-> {}]
  /\ queue = [q \in Places |-> <<>>]
  /\ controllerQueue = {}
  /\ known = [set |-> {}, past |-> {}]
  /\ past = [n \in Switches |-> {}]
  /\ pk = <<>>
  /\ order = <<>>
  /\ broken = FALSE

Guesses(en, tag) ==
  IF Semantics = "best-effort" THEN {en.same[c] : c \in Confs} \cup {{}} ELSE {en.same[G(tag)]}

EnterAs(i, guess) ==
  LET en == Entries[i]
      n == en.switch
      p == Len(pk) + 1
      now == past[n] \cup {<<p, 1>>}
      copy == [kind |-> en.kind, packet |-> p, tag |-> eventSet[n], digest |-> {}, fresh |-> TRUE, past |-> now]
  IN /\ p <= Packets
     /\ pk' = Append(pk, [tree |-> guess, agrees |-> Confs, steps |-> 1, before |-> EventsIn(past[n]), after |-> {}])
     /\ past' = [past EXCEPT ![n] = now]
     /\ queue' = [queue EXCEPT ![en.place] = Append(@, copy)]
     /\ UNCHANGED <<eventSet, controllerQueue, known, order, broken>>

Enter ==
  \E i \in 1..Len(Entries) :
    LET tag == eventSet[Entries[i].switch] IN
    IF tag \in Family THEN \E guess \in Guesses(Entries[i], tag) : EnterAs(i, guess)
    ELSE /\ Len(pk) < Packets
         /\ broken' = TRUE
         /\ UNCHANGED <<eventSet, queue, controllerQueue, known, past, pk, order>>

\* E' (spec 3.1).
Detect(n, copy, k) ==
  LET heard == eventSet[n] \cup copy.digest IN
  CASE Semantics = "tagged" -> Pick(heard, {}, k.events)
    [] Semantics = "figure6" -> {e \in k.events : Enables(heard, e)}
    [] OTHER -> {}

\* What is put into Q.
Tell(detected, learned, k) ==
  CASE Semantics = "tagged" -> IF detected = {} THEN {} ELSE {learned}
    [] Semantics = "figure6" -> {{e} : e \in detected}
    [] OTHER -> {{l} : l \in k.labels}

\* The events that occur where the copy arrives: spec 4.3 from X, spec 4.4 from the past.
Occurring(copy, k, before) ==
  IF copy.fresh THEN {}
  ELSE IF Check = "theorem1.causal" THEN Pick(EventsIn(before), {}, k.events)
  ELSE IF Occurred = {} \/ (Occurred \in Family /\ G(Occurred) \in pk[copy.packet].tree) THEN Pick(Occurred, {}, k.events)
  ELSE {}

\* Copies leave for the ends of their queues.
RECURSIVE Queued(_, _, _)
Queued(queues, next, copy) ==
  IF next = <<>> THEN queues
  ELSE Queued([queues EXCEPT ![Kinds[Head(next)].place] = Append(@, [copy EXCEPT !.kind = Head(next)])], Tail(next), copy)

SW(q) ==
  /\ queue[q] # <<>>
  /\ LET copy == Head(queue[q])
         k == Kinds[copy.kind]
         n == k.switch
         by == IF Semantics = "best-effort" THEN eventSet[n] ELSE copy.tag
         hop == k.hops[G(by)]
         p == copy.packet
         before == past[n] \cup copy.past
         records == ~copy.fresh \/ hop.exits > 0 \/ Len(hop.orders[1]) = 0
         occurs == Occurring(copy, k, before)
         step == IF records THEN {<<p, pk[p].steps + 1>>} ELSE {}
         now == before \cup step \cup {<<0, e>> : e \in occurs}
         detected == Detect(n, copy, k)
         isVersion == Semantics \in {"two-phase", "best-effort"}
         learned == IF isVersion THEN {} ELSE eventSet[n] \cup copy.digest \cup detected
         own == [pk[p] EXCEPT !.agrees = @ \cap hop.agree,
                              !.steps = IF records THEN @ + 1 ELSE @,
                              !.before = IF records THEN @ \cap EventsIn(before) ELSE @,
                              !.after = IF records THEN {} ELSE @]
         onward == [kind |-> copy.kind, packet |-> p, tag |-> copy.tag, digest |-> learned, fresh |-> FALSE, past |-> now]
     IN /\ pk' = [r \in 1..Len(pk) |->
                   IF r = p THEN own
                   ELSE IF StepsOf(r) \subseteq before THEN [pk[r] EXCEPT !.after = @ \cup occurs] ELSE pk[r]]
        /\ order' = order \o Ascending(occurs)
        /\ past' = [past EXCEPT ![n] = now]
        /\ eventSet' = [eventSet EXCEPT ![n] = IF isVersion THEN @ ELSE learned]
        /\ controllerQueue' = controllerQueue \cup {[what |-> what, past |-> now] : what \in Tell(detected, learned, k)}
        /\ \E o \in 1..Len(hop.orders) : queue' = Queued([queue EXCEPT ![q] = Tail(@)], hop.orders[o], onward)
  /\ UNCHANGED <<known, broken>>

\* The controller's steps carry the past in the causal definition alone.
Carried(P) == IF Check = "theorem1.causal" THEN P ELSE {}

CTRLRECV(t) ==
  LET candidates == {e \in Events : LabelOf[e] \in t.what /\ e \notin known.set /\ Enables(known.set, e) /\ Con(known.set \cup {e})}
      more == IF Semantics \in {"tagged", "figure6"} THEN t.what
              ELSE IF candidates = {} THEN {} ELSE {Min(candidates)}
  IN /\ controllerQueue' = controllerQueue \ {t}
     /\ known' = [set |-> known.set \cup more, past |-> known.past \cup Carried(t.past)]
     /\ UNCHANGED <<eventSet, queue, past, pk, order, broken>>

\* What E_n may become.
Send(n) ==
  CASE Semantics = "tagged" -> {eventSet[n] \cup known.set}
    [] Semantics = "figure6" -> {eventSet[n] \cup {e} : e \in known.set}
    [] OTHER -> {known.set}

CTRLSEND(n) ==
  /\ \E set \in Send(n) : eventSet' = [eventSet EXCEPT ![n] = set]
  /\ past' = [past EXCEPT ![n] = @ \cup Carried(known.past)]
  /\ UNCHANGED <<queue, controllerQueue, known, pk, order, broken>>

Next ==
  /\ ~broken
  /\ \/ Enter
     \/ \E q \in Places : SW(q)
     \/ ControllerOn /\ \E t \in controllerQueue : CTRLRECV(t)
     \/ ControllerOn /\ \E n \in Switches : CTRLSEND(n)
Spec == Init /\ [][Next]_vars

\* Spec 4.2.
Digests == UNION {UNION {queue[q][i].digest : i \in 1..Len(queue[q])} : q \in Places}
Items == IF Semantics \in {"tagged", "figure6"} THEN UNION {t.what : t \in controllerQueue} ELSE {}
Lemma3 ==
  /\ \A n \in Switches : eventSet[n] \in Family
  /\ Con(UNION {eventSet[n] : n \in Switches} \cup known.set \cup Items \cup Digests)

Complete ==
  /\ \A q \in Places : queue[q] = <<>>
  /\ Semantics = "best-effort" => \A p \in 1..Len(pk) : pk[p].tree = pk[p].agrees

\* Spec 4.3: X_j.
Chain(j) == {order[i] : i \in 1..j}
IsUnder(p, j) == Chain(j) \in Family /\ G(Chain(j)) \in pk[p].tree
Paper(p) ==
  /\ \E j \in 0..Len(order) : IsUnder(p, j)
  /\ \A i \in 1..Len(order) :
       /\ order[i] \in pk[p].before => \E j \in i..Len(order) : IsUnder(p, j)
       /\ order[i] \in pk[p].after => \E j \in 0..(i - 1) : IsUnder(p, j)

\* Spec 4.4.
Causal(p) ==
  \E X \in Family :
    /\ G(X) \in pk[p].tree
    /\ X \subseteq Occurred
    /\ pk[p].before \subseteq X
    /\ X \cap pk[p].after = {}

Inv ==
  CASE Check = "lemma3" -> Lemma3
    [] Check = "theorem1.paper" -> ~broken /\ (Complete => \A p \in 1..Len(pk) : Paper(p))
    [] OTHER -> ~broken /\ (Complete => \A p \in 1..Len(pk) : Causal(p))
====
`;
