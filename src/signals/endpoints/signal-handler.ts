import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressBlocks } from '../../base/address-blocks.ts';
import { clientAddress } from '../../base/client-address.ts';
import { signalRefused, signalsFailed } from '../channels.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import type { Receiver } from '../receiver.ts';
import { refuseSignal, type SignalRefusal, type SignalVerdict, signalRefusalKind } from '../signal-refusal.ts';
import { answer } from './answer.ts';
import type { EndpointAnswer, SignalEndpoint } from './endpoint.ts';
import { globalRevocationEndpoint } from './global-revocation-endpoint.ts';
import { logoutEndpoint } from './logout-endpoint.ts';
import { pushEndpoint } from './push-endpoint.ts';
import { RefusalLimiter } from './refusal-limiter.ts';

/** By the first segment of the path; the second names the receiver. */
const endpoints: ReadonlyMap<string, SignalEndpoint> = new Map([
  ['signals', pushEndpoint],
  ['logout', logoutEndpoint],
  ['global-token-revocation', globalRevocationEndpoint],
]);

export type SignalHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What is looked up anew for every request: a reload changes it. */
export interface Served {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: AddressBlocks;
}

export function createSignalHandler(served: () => Served, dependencies: ReceivingDependencies): SignalHandler {
  const limiter = new RefusalLimiter();
  return async (request, response) => {
    const { receivers, trustedProxies } = served();
    const [, kind = '', name = '', ...rest] = pathOf(request).split('/');
    const endpoint = endpoints.get(kind);
    const receiver = receivers.get(name);
    if (endpoint === undefined || receiver === undefined || rest.length > 0 || !endpoint.isOpen(receiver)) {
      return answer(response, 404, { error: 'not_found' });
    }
    const address = clientAddress(request, trustedProxies);
    await serve(endpoint, receiver, request, response, { ...dependencies, limiter, address });
  };
}

interface Serving extends ReceivingDependencies {
  readonly limiter: RefusalLimiter;
  /** Of the sender. */
  readonly address: string;
}

async function serve(
  endpoint: SignalEndpoint,
  receiver: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
  { limiter, address, ...dependencies }: Serving,
): Promise<void> {
  const wait = limiter.wait(address, dependencies.clock());
  const verdict =
    wait > 0 ? refuseSignal('too_many_refused', {}, wait) : await takeSafely(endpoint, receiver, request, dependencies);
  if (verdict.ok) return send(response, endpoint.accepted);
  const { refusal } = verdict;
  // What is our fault counts for nobody.
  if (signalRefusalKind(refusal).err !== undefined) limiter.refused(address, dependencies.clock());
  signalRefused.announce({ receiver: receiver.name, path: endpoint.path, refusal, address });
  send(response, endpoint.refused(refusal), refusal);
}

/** What cannot be made durable is not acknowledged: it stays with its sender, who tries again. */
async function takeSafely(
  endpoint: SignalEndpoint,
  receiver: Receiver,
  request: IncomingMessage,
  dependencies: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  try {
    return await endpoint.take(request, receiver, dependencies);
  } catch (error) {
    signalsFailed.announce({ where: `${endpoint.path} of ${receiver.name}`, error });
    return refuseSignal('store_unavailable', {}, 5);
  }
}

function send(response: ServerResponse, { status, body }: EndpointAnswer, refusal?: SignalRefusal): void {
  const { retryAfter } = refusal ?? {};
  const headers = {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    // What was not read of a request would be taken for the next one.
    ...(refusal !== undefined && { connection: 'close' }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  };
  answer(response, status, body, headers);
}

/** Only the path counts; names of receivers need no decoding. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
