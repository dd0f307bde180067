import { plainAddress } from '../base/address-blocks.ts';
import type { Generation } from './generation.ts';

/** Who is at the other end of a client's connection. */
export class Peer {
  readonly address: string;
  #judgedBy: Generation | undefined;
  #isTrusted = false;
  #calledHost: string | undefined;
  #originLines = '';

  constructor(address: string | undefined) {
    this.address = plainAddress(address ?? '');
  }

  isTrustedBy(generation: Generation): boolean {
    if (this.#judgedBy !== generation) {
      this.#isTrusted = generation.trusts(this.address);
      this.#judgedBy = generation;
    }
    return this.#isTrusted;
  }

  /**
   * What an upstream is told about where a request came from, if nobody before us has told anything: for one host, which
   * is what clients mostly call over a connection, it is always the same.
   */
  originLinesFor(host: string, describe: (address: string, host: string) => string): string {
    if (host !== this.#calledHost) {
      this.#originLines = describe(this.address, host);
      this.#calledHost = host;
    }
    return this.#originLines;
  }
}
