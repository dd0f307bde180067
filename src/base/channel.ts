import { channel as diagnosticsChannel } from 'node:diagnostics_channel';

/**
 * A typed node:diagnostics_channel. Modules announce what happened on a channel declared beside their code;
 * only the observability module listens. Announcing never throws and costs one branch when nobody listens.
 */
export interface Channel<Message extends object> {
  readonly name: string;
  announce(message: Message): void;
  /** @returns a function that stops listening */
  listen(listener: (message: Message) => void): () => void;
}

export function channel<Message extends object>(name: `gatehouse:${string}`): Channel<Message> {
  const inner = diagnosticsChannel(name);
  return {
    name,
    announce(message) {
      if (inner.hasSubscribers) inner.publish(message);
    },
    listen(listener) {
      const subscriber = (message: unknown): void => listener(message as Message);
      inner.subscribe(subscriber);
      return () => inner.unsubscribe(subscriber);
    },
  };
}
