import type { Execution, ShownLocation, Step } from '../../execution/execution.js';
import type { StatedStep } from '../../execution/stated.js';
import type { CheckName } from '../../theorems/checks.js';
import type { ClaimedExecution, ExecutionDocument } from '../read/document.js';

/** An execution all of whose steps state everything, with what its document says of it: what formats are made from. */
export interface Portrait {
  readonly document: ExecutionDocument;
  readonly claim: ClaimedExecution['claim'];
  /** The checks that the execution is said to break, in the way that `claim` says. */
  readonly breaks: readonly CheckName[];
  readonly steps: Execution;
}

/**
 * The keys that a step must state to be drawn. (`told` may be missing: then it is not drawn which switch told an item.)
 */
const keys: { readonly [R in Step['rule']]: readonly (keyof Extract<Step, { readonly rule: R }>)[] } = {
  IN: ['packet', 'tag'],
  SW: ['packet', 'tag', 'digestIn', 'detected', 'eventSet', 'outputs'],
  LINK: ['packet', 'to'],
  OUT: ['packet', 'host'],
  CTRLRECV: [],
  CTRLSEND: ['eventSet'],
};

/** The portrait of an execution, or what is missing for it. */
export function portray(
  document: ExecutionDocument,
  { path, claim, steps }: ClaimedExecution,
): Portrait | { readonly missing: string } {
  for (const [i, step] of steps.entries()) {
    const missing = keys[step.rule].find((key) => step[key as keyof StatedStep] === undefined);
    if (missing !== undefined) return { missing: `${path}[${i}].${missing}` };
  }
  return { document, claim, breaks: claim ? [claim.check] : [], steps: steps as Execution };
}

/** The host at a location, by its name; undefined if the document does not say. */
export const hostNameAt = ({ document }: Portrait, at: ShownLocation): string | undefined =>
  document.network?.hosts.find((host) => host.at === at)?.name;

/** The events that occur in a step, by the claim. */
export const occurringIn = ({ claim }: Portrait, i: number): readonly number[] =>
  (claim?.occurrences ?? []).filter(({ step }) => step === i).map(({ event }) => event);
