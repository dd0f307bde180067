import { constants } from 'node:os';

/**
 * Milliseconds. The same wish may come twice at once: from the terminal, which sends Ctrl-C to every process, and from
 * the launcher, which passes it on.
 */
const sameWish = 500;

/**
 * Resolves when somebody says stop: by SIGINT, SIGTERM, or the end of the launcher, whose channel breaks off even where
 * it was killed. Whoever says it again does not want to wait for what is under way: the process ends at once.
 */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > sameWish) process.exit(128 + constants.signals[signal]);
      stop();
    });
  }
  process.on('disconnect', stop);

  /** A listener would keep the channel, and so the process, alive. */
  function stop(): void {
    process.off('disconnect', stop);
    resolve();
  }
  return promise;
}
