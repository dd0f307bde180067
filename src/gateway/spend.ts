import type { Granted } from '../access/index.ts';
import type { Exchange } from './exchange.ts';
import type { InboundRequest } from './inbound-request.ts';
import type { ServedApi } from './served-api.ts';

/** What to do with a decision in the caller's favour: forward the request, join two sockets, or tell another proxy. */
export type Spend = (exchange: Exchange, api: ServedApi, request: InboundRequest, granted: Granted) => void;
