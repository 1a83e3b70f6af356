import { printable } from '../../base/printable.js';
import { assertArguments, objectWith, textOption } from '../../base/taken.js';
import type { Counterexample } from '../../execution/execution.js';
import type { ReplayVerdict, ShownFrame } from '../../execution/replay-verdict.js';

/** Log lines shown of a step that diverged. */
const maxLogLines = 12;

/**
 * A verdict of a replay for people, without a line end at the end.
 * @example
 * ```ts
 * import { showReplay } from 'snk-verify';
 *
 * const verdict = { verdict: 'not replayable', switches: 'BMv2', why: 'a header fits no frame' } as const;
 * console.log(showReplay('lemma3', { steps: [] }, verdict)); // lemma3: not replayable on BMv2: a header fits no frame
 * ```
 */
export function showReplay(
  check: string,
  counterexample: Pick<Counterexample, 'steps'>,
  replay: ReplayVerdict,
): string {
  assertArguments('showReplay', {
    check: [check, textOption],
    counterexample: [counterexample, objectWith('a counterexample, with its `steps`', 'steps')],
    replay: [replay, objectWith('a verdict of a replay, what replay gives as its `verdict`', 'verdict', 'switches')],
  });
  const { steps } = counterexample;
  const on = `on ${replay.switches}`;
  switch (replay.verdict) {
    case 'confirmed':
      return `${check}: confirmed ${on}: each of the ${replay.steps} steps did what was predicted, byte for byte`;
    case 'not replayable':
      return `${check}: not replayable ${on}: ${replay.why}`;
    case 'diverged': {
      const step = steps[replay.step]!;
      const place = 'at' in step ? ` at ${step.at}` : 'switch' in step ? ` at switch ${step.switch}` : '';
      return [
        `${check}: diverged ${on}, in step ${replay.step + 1} (${step.rule}${place})`,
        ...replay.differences.map((difference) => `  ${difference}`),
        ...replay.predicted.map((frame) => `  predicted  ${showFrame(frame)}`),
        ...replay.observed.map((frame) => `  observed   ${showFrame(frame)}`),
        `  rule       ${replay.rule ?? 'none'}`,
        ...replay.log.slice(-maxLogLines).map((line) => `  log        ${printable(line)}`),
      ].join('\n');
    }
  }
}

const showFrame = ({ port, bytes }: ShownFrame): string => `port ${port}: ${bytes}`;
