import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds for goodbyes: a peer that is gone does not answer them. */
const patience = 2000;

/** The sockets of a store, so that closing it ends whatever the other side does. */
export class Sockets {
  readonly #open = new Set<Socket>();

  readonly create = (): Socket => {
    const socket = new Socket();
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Waits for those who say goodbye, but not for ever. */
  async close(goodbyes: Promise<unknown>): Promise<void> {
    await Promise.race([goodbyes, delay(patience, undefined, { ref: false })]);
    for (const socket of this.#open) socket.destroy();
  }
}
