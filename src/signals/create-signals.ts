import type { AddressBlocks } from '../base/address-blocks.ts';
import type { SignalsDependencies } from './dependencies.ts';
import { createSignalHandler, type SignalHandler } from './endpoints/signal-handler.ts';
import { Poller } from './poll/poller.ts';
import type { Receiver } from './receiver.ts';

export interface SignalsOptions {
  readonly receivers: readonly Receiver[];
  /** Proxies whose `X-Forwarded-For` is believed when refusals are counted. */
  readonly trustedProxies: AddressBlocks;
}

/** Listens to others. It opens no port: its handler is given to a node:http server. */
export interface Signals {
  readonly handler: SignalHandler;
  /** Begins to poll. */
  start(): void;
  /** Resolves when no poll is under way any more. */
  stop(): Promise<void>;
  reload(options: SignalsOptions): Promise<void>;
}

export function createSignals(initial: SignalsOptions, dependencies: SignalsDependencies): Signals {
  let served = serve(initial);
  let pollers: readonly Poller[] = [];
  let started = false;

  function startPolling(): void {
    pollers = [...served.receivers.values()].flatMap((receiver) => pollerOf(receiver, dependencies));
    for (const poller of pollers) poller.start();
  }

  const stopPolling = async (): Promise<void> => {
    await Promise.all(pollers.map((poller) => poller.stop()));
  };

  return Object.freeze<Signals>({
    handler: createSignalHandler(() => served, dependencies),
    start() {
      started = true;
      startPolling();
    },
    async stop() {
      started = false;
      await stopPolling();
    },
    async reload(options) {
      served = serve(options);
      if (!started) return;
      // What was taken and not acknowledged comes again.
      await stopPolling();
      if (started) startPolling();
    },
  });
}

function serve({ receivers, trustedProxies }: SignalsOptions) {
  return { receivers: new Map(receivers.map((receiver) => [receiver.name, receiver])), trustedProxies };
}

function pollerOf(receiver: Receiver, dependencies: SignalsDependencies): readonly Poller[] {
  const { sets } = receiver;
  const poll = sets?.poll;
  return sets === undefined || poll === undefined ? [] : [new Poller(receiver, { ...sets, poll }, dependencies)];
}
