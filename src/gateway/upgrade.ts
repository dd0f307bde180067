import type { Socket } from 'node:net';
import { type Handover, statusLine } from './downstream/index.ts';
import type { Exchange } from './exchange.ts';
import { upstreamRequest } from './forward.ts';
import type { InboundRequest } from './inbound-request.ts';
import { clientFieldLines } from './response-headers.ts';
import type { ServedApi } from './served-api.ts';
import type { Spend } from './spend.ts';
import type { Tunnels } from './tunnels.ts';
import type { ResponseHead } from './upstream/index.ts';
import { UpstreamAnswer } from './upstream-answer.ts';

/**
 * Asks the upstream to upgrade, and joins the two sockets if it does. Only WebSockets (RFC 6455) are joined: an upstream
 * that went on in h2c would carry requests that nobody has judged.
 */
export function createUpgrade(tunnels: Tunnels, connection: Handover): Spend {
  return (exchange, api, request, granted) => {
    const identity = api.identity.linesFor(granted, exchange.house.clock());
    const dispatched = upstreamRequest(exchange, api, request, identity);
    api.pool.dispatch(dispatched, new UpgradeAnswer(exchange, api, request, tunnels, connection));
  };
}

class UpgradeAnswer extends UpstreamAnswer {
  readonly #tunnels: Tunnels;
  readonly #connection: Handover;

  constructor(exchange: Exchange, api: ServedApi, request: InboundRequest, tunnels: Tunnels, connection: Handover) {
    super(exchange, api, request);
    this.#tunnels = tunnels;
    this.#connection = connection;
  }

  override onSwitch(head: ResponseHead, upstream: Socket): void {
    this.release();
    const { exchange, api, request } = this;
    if (exchange.isOver) {
      upstream.destroy();
      return;
    }
    const client = this.#connection.handOver();
    client.write(switchingProtocols(exchange, clientFieldLines(head, false)), 'latin1');
    this.#tunnels.open({ exchange, api, request, client, upstream });
    exchange.isUpgraded = true;
    exchange.onOver(true);
  }
}

/** RFC 9110 section 15.2.2 */
function switchingProtocols({ id }: Exchange, fieldLines: string): string {
  const own = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  return `${statusLine(101)}${own}${fieldLines}x-request-id: ${id}\r\n\r\n`;
}
