import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type TunnelClosed, tunnelClosed } from './channels.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import { resetConnection } from './reset-connection.ts';
import type { ServedApi } from './served-api.ts';

interface Ends {
  readonly exchange: Exchange;
  readonly api: ServedApi;
  readonly request: InboundRequest;
  readonly client: Socket;
  readonly upstream: Duplex;
}

/** Joined sockets. Bytes and half-closes pass both ways; silence, shutdown and a refusal on review end a tunnel. */
export class Tunnels {
  readonly #open = new Map<Ends, (reason: TunnelClosed['reason']) => void>();

  open(ends: Ends): void {
    const { client, upstream, exchange, api, request } = ends;
    const { house } = exchange;
    const startedAt = house.clock();
    let reason: TunnelClosed['reason'] = 'ended';
    const close = (why: TunnelClosed['reason']): void => {
      if (reason === 'ended') reason = why;
      // A broken end must not look to the other like one that has said all it had to say.
      if (why === 'broken') resetConnection(client);
      else client.destroy();
      upstream.destroy();
    };
    const unwatch = house.reviews.watch({
      judge: () => house.access.review(api.protected, request, house.clock()),
      end: () => close('refused'),
    });
    const over = (): void => {
      upstream.end(() => upstream.destroy());
      client.destroySoon();
      if (!(client.closed && upstream.closed && this.#open.delete(ends))) return;
      unwatch();
      announce(ends, startedAt, reason);
    };
    this.#open.set(ends, close);
    client.setTimeout(api.upstream.idleMs, () => close('idle'));
    for (const socket of [client, upstream]) socket.on('error', () => close('broken')).on('close', over);
    client.pipe(upstream);
    upstream.pipe(client);
  }

  closeAll(): void {
    for (const close of this.#open.values()) close('shutdown');
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
