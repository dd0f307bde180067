import type { Socket } from 'node:net';
import { plainAddress } from '../base/address-blocks.ts';
import type { Generation } from './generation.ts';

/** A client's connection, and what is known of who is at its other end. */
export class Connection {
  readonly address: string;
  /** Exchanges that have not ended; more than one where the client pipelines. */
  underWay = 0;
  #judgedBy: Generation | undefined;
  #isTrusted = false;

  constructor(socket: Socket) {
    this.address = plainAddress(socket.remoteAddress ?? '');
  }

  isTrustedBy(generation: Generation): boolean {
    if (this.#judgedBy !== generation) {
      this.#isTrusted = generation.trusts(this.address);
      this.#judgedBy = generation;
    }
    return this.#isTrusted;
  }
}

const connections = new WeakMap<Socket, Connection>();

export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const made = new Connection(socket);
  connections.set(socket, made);
  return made;
}
