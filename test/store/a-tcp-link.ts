import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A stretch of network to a port of loopback: it can be cut, at once or at any byte, fall silent, or lead elsewhere. */
export class TcpLink {
  #target: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isSilent = false;
  #budget = (): number => Number.POSITIVE_INFINITY;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#forward(socket));
  }

  static async to(target: number): Promise<TcpLink> {
    const link = new TcpLink(target);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The same URL, by way of this link. */
  reach(url: string): string {
    return url.replace(/:\d+\//, `:${this.port}/`);
  }

  /** Breaks every connection; new ones are made as before. */
  cut(): void {
    for (const [inner, outer] of this.#pairs) {
      inner.destroy();
      outer.destroy();
    }
  }

  /** Nothing comes through any more, and nobody is told. */
  fallSilent(): void {
    this.#isSilent = true;
    for (const [inner, outer] of this.#pairs) {
      inner.pause();
      outer.pause();
    }
  }

  /** What is connected from now on comes through; what was silent stays so. */
  recover(): void {
    this.#isSilent = false;
  }

  /** Each connection from now on breaks after so many bytes of the answers. */
  cutAfter(budget: () => number): void {
    this.#budget = budget;
  }

  leadTo(target: number): void {
    this.#target = target;
    this.cut();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #forward(inner: Socket): void {
    const outer = connect(this.#target, '127.0.0.1');
    const pair = [inner, outer] as const;
    this.#pairs.add(pair);
    let left = this.#budget();
    for (const [one, other] of [pair, [outer, inner] as const]) {
      one.on('error', () => undefined);
      one.once('close', () => {
        other.destroy();
        this.#pairs.delete(pair);
      });
      one.setNoDelay(true).on('data', (bytes: Buffer) => {
        if (one === inner || bytes.length <= left) other.write(bytes);
        else other.end(bytes.subarray(0, left));
        if (one === outer) left = Math.max(0, left - bytes.length);
      });
      if (this.#isSilent) one.pause();
    }
  }
}
