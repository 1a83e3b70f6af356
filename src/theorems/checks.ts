export const checkNames = ['lemma3', 'theorem1.paper', 'theorem1.causal'] as const;

/** What is checked of a program (spec 4; interface.md). */
export type CheckName = (typeof checkNames)[number];
