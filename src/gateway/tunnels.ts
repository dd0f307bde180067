import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type TunnelClosed, tunnelClosed } from './channels.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import type { ServedApi } from './served-api.ts';

interface Ends {
  readonly exchange: Exchange;
  readonly api: ServedApi;
  readonly request: InboundRequest;
  readonly client: Socket;
  readonly upstream: Duplex;
}

/**
 * Joined sockets. Bytes and half-closes pass both ways; silence, shutdown, and a token that has expired or was revoked
 * end a tunnel, since its one request was judged long ago.
 */
export class Tunnels {
  readonly #open = new Map<Ends, (reason: TunnelClosed['reason']) => void>();
  readonly #reviewMs: number;
  #review: NodeJS.Timeout | undefined;

  /** @param reviewMs how often it is asked again whether the callers may still be here */
  constructor(reviewMs: number) {
    this.#reviewMs = reviewMs;
  }

  open(ends: Ends): void {
    const { client, upstream, exchange } = ends;
    const startedAt = exchange.house.clock();
    let reason: TunnelClosed['reason'] = 'ended';
    const close = (why: TunnelClosed['reason']): void => {
      if (reason === 'ended') reason = why;
      // A broken end must not look to the other like one that has said all it had to say.
      if (why === 'broken') client.resetAndDestroy();
      else client.destroy();
      upstream.destroy();
    };
    const over = (): void => {
      upstream.end(() => upstream.destroy());
      client.destroySoon();
      if (client.closed && upstream.closed && this.#forget(ends)) announce(ends, startedAt, reason);
    };
    this.#open.set(ends, close);
    this.#review ??= setInterval(() => void this.#reviewAll(), this.#reviewMs).unref();
    client.setTimeout(ends.api.upstream.idleMs, () => close('idle'));
    for (const socket of [client, upstream]) socket.on('error', () => close('broken')).on('close', over);
    client.pipe(upstream);
    upstream.pipe(client);
  }

  get size(): number {
    return this.#open.size;
  }

  closeAll(): void {
    for (const close of this.#open.values()) close('shutdown');
  }

  /** @returns whether it was still open */
  #forget(ends: Ends): boolean {
    const wasOpen = this.#open.delete(ends);
    if (this.#open.size > 0) return wasOpen;
    clearInterval(this.#review);
    this.#review = undefined;
    return wasOpen;
  }

  async #reviewAll(): Promise<void> {
    for (const [{ exchange, api, request }, close] of this.#open) {
      if (!(await isStillGranted(exchange, api, request))) close('refused');
    }
  }
}

async function isStillGranted({ house }: Exchange, api: ServedApi, request: InboundRequest): Promise<boolean> {
  try {
    return (await house.access.decide(api.protected, request, house.clock())).granted;
  } catch {
    return false;
  }
}

function announce({ exchange, api, client }: Ends, startedAt: number, reason: TunnelClosed['reason']): void {
  tunnelClosed.announce({
    requestId: exchange.id,
    api: api.name,
    durationMs: exchange.house.clock() - startedAt,
    bytesIn: client.bytesRead,
    bytesOut: client.bytesWritten,
    reason,
  });
}
