import cluster from 'node:cluster';
import { ForeseenFailure } from '../base/foreseen-failure.ts';
import type { Duties } from './duties.ts';
import type { Order, Reply } from './message.ts';

/** The pool that this process belongs to, as it sees it. */
export interface Fellows {
  /** Tells all other workers. */
  tell(content: unknown): void;
}

/**
 * Makes this process a worker: it does what it is asked, one duty after the other, and ends with the main process. It
 * takes no signal that the terminal or a service manager sends to all processes, since the main process tells it to stop.
 *
 * @throws ForeseenFailure where no main process has started it
 */
export function serveMain<Known extends Duties<Known>>(
  makeDuties: (fellows: Fellows) => Known,
  onNews: (content: unknown) => void,
): void {
  if (!cluster.isWorker) {
    throw new ForeseenFailure('a worker is started by the program itself. Remedy: run `gatehouse start`');
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  const duties = makeDuties({ tell: (content) => send({ kind: 'news', content }) });
  process.on('message', (order: Order) => {
    if (order.kind === 'news') onNews(order.content);
    else void answer(duties, order);
  });
}

/** What was not foreseen is a bug: it ends this process, with its stack. */
async function answer<Known extends Duties<Known>>(
  duties: Known,
  { id, name, content }: Exclude<Order, { readonly kind: 'news' }>,
): Promise<void> {
  try {
    send({ kind: 'answer', id, content: await duties[name as keyof Known](content as never) });
  } catch (error) {
    if (!(error instanceof ForeseenFailure)) throw error;
    send({ kind: 'failure', id, reason: error.message });
  }
}

function send(reply: Reply): void {
  if (process.connected) process.send?.(reply);
}
