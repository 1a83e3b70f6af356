import process from 'node:process';

/** What must not be left behind, each with how to take it away at once, without waiting. */
const leftovers = new Set<() => void>();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const removeAll = (): void => {
  for (const remove of leftovers) remove();
  leftovers.clear();
};

/** Goes on with whoever waits for us to be interrupted. */
let goOn: (() => void) | undefined;

/** A signal ends us as it would have, but after cleaning up; unless somebody waits for it. */
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

/** Resolves at Ctrl-C, or whatever else asks us to end. Who waits then ends in order, unless a second signal comes. */
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
 * Until the returned function is called, `remove` runs when the process ends: by itself, by an error that nobody caught, or by Ctrl-C.
 * (After SIGKILL we cannot clean up; the switches that we start end with us even then, a shell removes their folder,
 * and the next `up` the namespaces of the last.)
 */
export function guard(remove: () => void): () => void {
  if (leftovers.size === 0) listen();
  leftovers.add(remove);
  return () => {
    leftovers.delete(remove);
    if (leftovers.size === 0) unlisten();
  };
}
