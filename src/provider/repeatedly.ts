import { providerFailed } from './channels.ts';

/**
 * Does something again and again, with a rest between; what fails is announced and tried again. Keeps no process alive.
 *
 * @param rest milliseconds
 * @returns how to stop, which resolves when the last time has ended
 */
export function repeatedly(rest: number, work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    await work().catch((error: unknown) => providerFailed.announce({ where: 'background', error }));
    if (!stopped) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = run();
    }, rest).unref();
  };
  schedule();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
