import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { rejection } from '../protocol/rejection.ts';
import { Exchange } from './exchange.ts';
import { forward } from './forward.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { House } from './house.ts';
import { travel } from './journey.ts';
import { refuseConnection, refuseUnreadable } from './refuse-connection.ts';
import type { Tunnels } from './tunnels.ts';
import { createUpgrade, isWebSocketHandshake, responseOnSocket } from './upgrade.ts';

/** node:http, set up so that every request, and whatever is none, ends up in the journey or in a refusal. */
export function createHttpServer(options: GatewayOptions, house: House, tunnels: Tunnels): Server {
  const { limits, timeouts } = options;
  const headersTimeout = timeouts?.headersMs ?? 10_000;
  const server = createServer({
    insecureHTTPParser: false,
    // message-head.ts asks for it, and refuses in our own words.
    requireHostHeader: false,
    maxHeaderSize: limits?.headerBytes ?? 16 * 1024,
    headersTimeout,
    connectionsCheckingInterval: Math.min(headersTimeout, 1_000),
    // A large upload may take its time; silence is bounded by `server.timeout`.
    requestTimeout: 0,
    keepAliveTimeout: timeouts?.keepAliveMs ?? 65_000,
    shouldUpgradeCallback: isWebSocketHandshake,
    // No stream is set up for a body that is not there.
    optimizeEmptyRequests: true,
  });
  // node:http would drop the fields above its own bound silently; message-head.ts counts them.
  server.maxHeadersCount = 0;
  server.timeout = house.generation.longestSilenceMs;
  receive(server, house, tunnels);
  return server;
}

function receive(server: Server, house: House, tunnels: Tunnels): void {
  const serve = (incoming: IncomingMessage, response: ServerResponse): void =>
    travel(new Exchange(house, incoming, response, 'forward'), forward);
  server.on('request', serve);
  // RFC 9110 section 10.1.1: an expectation that is not known may be ignored. It is not passed on.
  server.on('checkExpectation', serve);
  server.on('checkContinue', (incoming: IncomingMessage, response: ServerResponse) =>
    travel(new Exchange(house, incoming, response, 'forward', true), forward),
  );
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    const response = responseOnSocket(incoming, socket);
    travel(new Exchange(house, incoming, response, 'upgrade'), createUpgrade(tunnels, head));
  });
  server.on('connect', ({ method }: IncomingMessage, socket: Socket) =>
    refuseConnection(
      socket,
      socket.remoteAddress ?? '',
      rejection('method_unsupported', { method }),
      house.generation.realm,
    ),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuseUnreadable(error, socket, house.generation.realm),
  );
}
