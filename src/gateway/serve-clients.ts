import { DownstreamServer } from './downstream/index.ts';
import { Exchange } from './exchange.ts';
import { forward } from './forward.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { House } from './house.ts';
import { travel } from './journey.ts';
import { Peer } from './peer.ts';
import { refuseConnection } from './refuse-connection.ts';
import type { Tunnels } from './tunnels.ts';
import { createUpgrade } from './upgrade.ts';

/** Every request, and whatever is none, ends up in the journey or in a refusal. */
export function serveClients(options: GatewayOptions, house: House, tunnels: Tunnels): DownstreamServer {
  const { limits, timeouts } = options;
  const settings = {
    headerBytes: limits?.headerBytes ?? 16 * 1024,
    headersMs: timeouts?.headersMs ?? 10_000,
    keepAliveMs: timeouts?.keepAliveMs ?? 65_000,
    // A large upload may take its time; silence is bounded.
    silenceMs: () => house.generation.longestSilenceMs,
  };
  return new DownstreamServer(settings, (socket) => {
    const peer = new Peer(socket.remoteAddress);
    return {
      onRequest(head, body, answer, connection) {
        const exchange = new Exchange(house, peer, head, body, answer);
        travel(exchange, head.asksForWebSocket ? createUpgrade(tunnels, connection) : forward);
      },
      onUnreadable(reason, connection) {
        const { realm } = house.generation;
        refuseConnection(connection, peer, reason, { realm, now: house.clock() });
      },
    };
  });
}
