import type { CheckName } from '../workbench.js';

/** How long to stay silent, and how often to speak, in milliseconds. */
const patience_ms = 1000;
const interval_ms = 200;

/** A line on standard error that says how far a check has come. */
export interface Progress {
  readonly report: (check: CheckName, states: number, packets: number) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** What a line of progress needs of the world: somewhere to be seen, and the time. */
export interface ProgressScreen {
  readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;
  readonly now_ms: () => number;
}

const standardError: ProgressScreen = { stream: process.stderr, now_ms: () => performance.now() };

/** Progress for people who wait: once it has taken over a second, and only if standard error is a terminal. */
export function progressLine(file: string, { stream, now_ms }: ProgressScreen = standardError): Progress {
  const isTerminal = stream.isTTY;
  const start = now_ms();
  let last = start + patience_ms - interval_ms;
  let isShown = false;
  /** Where the check was when it was first spoken of. */
  let since: { readonly check: CheckName | undefined; readonly states: number; readonly now: number } = {
    check: undefined,
    states: 0,
    now: start,
  };
  return {
    report: (check, states, packets) => {
      const now = now_ms();
      if (!isTerminal || now - last < interval_ms) return;
      last = now;
      isShown = true;
      if (check !== since.check) since = { check, states, now };
      const speed = now > since.now ? ((states - since.states) / (now - since.now)) * 1000 : 0;
      const rate = speed > 0 ? ` (${Math.round(speed).toLocaleString('en')} a second)` : '';
      const seconds = ((now - start) / 1000).toFixed(0);
      const text = `${file}: ${check}: ${states.toLocaleString('en')} states${rate}, packet ${packets}, ${seconds} s`;
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (isShown) stream.write('\r\x1b[K');
      isShown = false;
    },
  };
}
