/**
 * Runs one at a time. Who calls during a run gets the result of the next one, which starts later and so sees all that
 * there was at the time of the call; all who wait for it share it.
 */
export function coalesce<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<unknown> = Promise.resolve();
  let queued: Promise<Result> | undefined;
  return () => {
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        const next = run();
        running = next;
        return next;
      });
    return queued;
  };
}
