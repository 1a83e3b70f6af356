import { follow } from '../execution/follow.js';
import { counterexamplesOf } from '../report/result/checks.js';
import type { Replay, Result } from '../report/result/result.js';
import { accountOf, judgeCausal, judgePaper } from '../theorems/index.js';
import { load, settingOf, withinLimits } from './load.js';

/**
 * Results of one program, to be compared: those that break nothing are given an execution all the same, in which the
 * packets enter that break another one (paper Figures 8 to 10 compare in this way).
 */
export function withReplays(results: readonly Result[]): Result[] {
  const broken = results.findLast((result) => counterexamplesOf(result).length > 0);
  const [worst] = broken ? counterexamplesOf(broken) : [];
  if (!broken || !worst) return [...results];
  return results.map((result) => {
    if (counterexamplesOf(result).length > 0 || result.rejected) return result;
    const replay = replayOf(result, broken, worst.counterexample);
    return replay ? { ...result, replays: [replay] } : result;
  });
}

/** The time for what comes before a replay, in milliseconds. */
const patience_ms = 10_000;

function replayOf(
  { program: { text, file }, options, nes }: Result,
  broken: Result,
  { steps, packet }: ReturnType<typeof counterexamplesOf>[number]['counterexample'],
): Replay | undefined {
  const unroll = nes?.bound ?? undefined;
  const loaded = load(text ?? '', file, {
    packets: options.packets,
    unroll,
    force: true,
    timeout_ms: patience_ms,
  });
  if (!loaded.ok) return undefined;
  const followed = withinLimits(() => ({ ok: true, run: follow(settingOf(loaded, options), steps) }) as const);
  if (!followed.ok || !followed.run) return undefined;
  const { run } = followed;
  const holds = [
    ...(judgePaper(run).kind === 'kept' ? ['the paper’s'] : []),
    ...(judgeCausal(run).kind === 'kept' ? ['the causal'] : []),
  ];
  return {
    follows: broken.options.semantics,
    packet,
    explanation: `the packets that enter under ${broken.options.semantics} enter here too, in the same order; the execution keeps Theorem 1 by ${holds.join(' and ') || 'neither'} definition`,
    steps: run.taken.map(({ step }) => step),
    account: accountOf(run, { packet, allowed: [] }, true),
  };
}
