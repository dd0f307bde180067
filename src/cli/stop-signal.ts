import { constants } from 'node:os';

/**
 * Milliseconds. The same wish may come twice at once: from the terminal, which sends Ctrl-C to every process, and from
 * the launcher, which passes it on.
 */
const sameWish = 500;

/** Milliseconds between two looks for the shell that npm started us by. */
const shellWatch = 250;

/**
 * Resolves when somebody says stop: by SIGINT, SIGTERM, or the end of who started us. Whoever says it again does not
 * want to wait for what is under way: the process ends at once.
 */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > sameWish) process.exit(128 + constants.signals[signal]);
      resolve();
    });
  }
  const unwatch = [onLauncherGone(resolve), onShellGone(resolve)];
  return promise.finally(() => {
    for (const stop of unwatch) stop();
  });
}

/** Its channel breaks off even where it was killed. A listener that stays would keep this process alive. */
function onLauncherGone(tell: () => void): () => void {
  process.on('disconnect', tell);
  return () => process.off('disconnect', tell);
}

/** npm starts us by a shell, which ends at a SIGTERM of npm and does not pass it on: we would stay behind, unseen. */
function onShellGone(tell: () => void): () => void {
  if (process.env['npm_lifecycle_event'] === undefined) return () => undefined;
  const shell = process.ppid;
  const timer = setInterval(() => process.ppid === shell || tell(), shellWatch).unref();
  return () => clearInterval(timer);
}
