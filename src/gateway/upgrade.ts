import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Exchange } from './exchange.ts';
import { upstreamRequest } from './forward.ts';
import type { InboundRequest } from './inbound-request.ts';
import { clientFields } from './response-headers.ts';
import type { ServedApi } from './served-api.ts';
import type { Spend } from './spend.ts';
import type { Tunnels } from './tunnels.ts';
import type { ResponseHead } from './upstream/index.ts';
import { UpstreamAnswer } from './upstream-answer.ts';

/**
 * Only WebSockets (RFC 6455) are joined. Other upgrades are not taken up (RFC 9110 section 7.8 leaves that free): an
 * upstream that went on in h2c would carry requests that nobody has judged.
 */
export function isWebSocketHandshake(incoming: IncomingMessage): boolean {
  return incoming.method === 'GET' && incoming.headers.upgrade?.toLowerCase() === 'websocket';
}

/** node:http hands over the bare socket of an upgrade; refusals and an upstream's "no" are still HTTP answers. */
export function responseOnSocket(incoming: IncomingMessage, socket: Socket): ServerResponse {
  // Until the sockets are joined nobody else hears of a connection that breaks.
  socket.on('error', () => socket.destroy());
  const response = new ServerResponse(incoming);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.destroySoon());
  return response;
}

/** Asks the upstream to upgrade, and joins the two sockets if it does. */
export function createUpgrade(tunnels: Tunnels, head: Buffer): Spend {
  return (exchange, api, request, granted) => {
    const identity = api.identity.fieldsFor(granted, exchange.house.clock());
    const dispatched = upstreamRequest(exchange, api, request, identity);
    api.pool.dispatch(dispatched, new UpgradeAnswer(exchange, api, request, tunnels, head));
  };
}

class UpgradeAnswer extends UpstreamAnswer {
  readonly #tunnels: Tunnels;
  /** What the client has sent already. */
  readonly #early: Buffer;

  constructor(exchange: Exchange, api: ServedApi, request: InboundRequest, tunnels: Tunnels, early: Buffer) {
    super(exchange, api, request);
    this.#tunnels = tunnels;
    this.#early = early;
  }

  override onSwitch(head: ResponseHead, upstream: Socket): void {
    this.release();
    const { exchange, api, request } = this;
    const client = exchange.incoming.socket;
    if (exchange.isOver) {
      upstream.destroy();
      return;
    }
    exchange.response.detachSocket(client);
    client.write(switchingProtocols(exchange, clientFields(head, false)), 'latin1');
    if (this.#early.length > 0) client.unshift(this.#early);
    this.#tunnels.open({ exchange, api, request, client, upstream });
    exchange.isUpgraded = true;
    exchange.finish();
  }
}

/** RFC 9110 section 15.2.2. The field names and values came through a parser: none holds a line break. */
function switchingProtocols({ id }: Exchange, fields: readonly string[]): string {
  let text = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
  for (let i = 0; i + 1 < fields.length; i += 2) text += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return `${text}x-request-id: ${id}\r\n\r\n`;
}
