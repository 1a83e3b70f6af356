import process from 'node:process';

/** Functions that remove, at once and without waiting, what must not be left behind. */
const leftovers = new Set<() => void>();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const removeAll = (): void => {
  for (const remove of leftovers) remove();
  leftovers.clear();
};

/** Goes on with whoever waits for us to be interrupted. */
let goOn: (() => void) | undefined;

/** A signal ends the process as usual, but after cleaning up; unless somebody waits for the signal. */
const onSignal = (signal: NodeJS.Signals): void => {
  if (goOn) {
    goOn();
    return;
  }
  removeAll();
  unlisten();
  process.kill(process.pid, signal);
};

function listen(): void {
  process.on('exit', removeAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, onSignal);
}

/**
 * Resolves at Ctrl-C, or at another signal that asks us to end. The caller can then end in good order, unless a second
 * signal comes.
 */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const release = guard(() => undefined);
    goOn = () => {
      goOn = undefined;
      release();
      resolve();
    };
  });
}

/**
 * Until the returned function is called, `remove` runs when the process ends: by itself, by an error that nobody
 * caught, or by Ctrl-C. (After SIGKILL we cannot clean up; the switches that we start end with us even then, a shell
 * removes their folder, and the next `up` the namespaces of the last.)
 */
export function guard(remove: () => void): () => void {
  if (leftovers.size === 0) listen();
  leftovers.add(remove);
  return () => {
    leftovers.delete(remove);
    if (leftovers.size === 0) unlisten();
  };
}
