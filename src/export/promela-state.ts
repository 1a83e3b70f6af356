/**
 * A state in Promela: what the rules speak of (E_n, copies on their way, Q, R) and, for Theorem 1, what is needed of the
 * history: for each switch, copy, item and version of R its past under ≺, as the events that occurred in it and the
 * recorded steps of each packet in it. What a check and a semantics do not look at is left out. Room and types are as
 * `promela.ts` counts them for the program. A semantics or check that the preprocessor does not know, because it is
 * chosen when the verifier runs, gets what any of them needs.
 */
export const promelaState = `
#define HISTORY (CHECK != LEMMA3)
#define TOLD_HISTORY (CHECK != LEMMA3 && CHECK != PAPER)
#define ORDERED (CHECK != LEMMA3 && CHECK != CAUSAL)
#define GUESSED (HISTORY && SEMANTICS != TAGGED && SEMANTICS != FIGURE6 && SEMANTICS != TWO_PHASE)

/* What is on its way. Copies are kept by queue, in the order of arrival within a queue. */
byte turn = ANYONE;          /* whose step must follow: a switch's, the controller's, anyone's */
byte entered;                /* packets that have entered */
SET eventSet[SWITCHES];      /* E_n, or the version that the switch was last told */
byte copies;
KIND kind[COPIES]; byte packet[COPIES]; byte tag[COPIES]; SET digest[COPIES]; bit fresh[COPIES];
byte items;                  /* how many are in Q */
ITEM controllerQueue[ITEMS]; /* Q: sets of events, or labels */
byte versions = 1;           /* the values that R has had */
SET known[VERSIONS];         /* R, at each of them; the last is R now */
byte oldest[SWITCHES];       /* the version that R had at the last step of the switch */

#if HISTORY
/* Pasts under the order of spec 4.1: events that occurred, and for each packet its recorded steps, as bits. */
SET switchEvents[SWITCHES]; STEPS switchSteps[SWITCHES * PACKETS];
SET copyEvents[COPIES];     STEPS copySteps[COPIES * PACKETS];
/* Of each packet: the configurations that give its tree, its recorded steps, B and A of spec 4.3, 4.4. */
TREES tree[PACKETS]; byte steps[PACKETS]; SET before[PACKETS]; SET after[PACKETS];
SET occurred;                /* X */
#endif
#if TOLD_HISTORY
SET itemEvents[ITEMS];       STEPS itemSteps[ITEMS * PACKETS];
SET versionEvents[VERSIONS]; STEPS versionSteps[VERSIONS * PACKETS];
#endif
#if ORDERED
byte occurrences; byte order[EVENTS];
#endif
#if GUESSED
TREES agrees[PACKETS];       /* the configurations that have given the tree of each packet so far */
#endif

/* What a step chooses, 0 between steps. The others are no part of the state: they are computed anew after the last choice. */
PICK pickA; byte pickB; byte pickC;
hidden int i; hidden int j; hidden int n; hidden int e; hidden int c; hidden int k; hidden int p; hidden int v; hidden int x; hidden int q;
hidden int detected; hidden int heard; hidden int learned; hidden int found; hidden int added; hidden int all; hidden int past; hidden int lo; hidden int hi; hidden int first;
hidden int pastSteps[PACKETS];     /* the recorded steps in the past of the step that is taken */
`;
