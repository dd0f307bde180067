import type { RequestHead } from './downstream/index.ts';
import type { Exchange } from './exchange.ts';
import type { HeaderName } from './header-name.ts';
import { writeFieldLines } from './http1/field-lines.ts';
import type { InboundRequest } from './inbound-request.ts';
import type { ServedApi } from './served-api.ts';

/** Fields in which a trusted proxy's words are not copied but continued by our own. */
const continued: ReadonlySet<string> = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

/**
 * The field lines of the request to the upstream: what is meant for it, then what only we may say.
 *
 * @param identity what the upstream is told about the caller
 */
export function upstreamFieldLines(
  exchange: Exchange,
  api: ServedApi,
  request: InboundRequest,
  identity: string,
): string {
  const { names, fields, connection } = request.head;
  let lines = '';
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === undefined || !passes(name, api, exchange.isTrusted)) continue;
    // RFC 9110 section 7.6.1: what Connection lists is for us alone. Our own fields come after: it cannot list them.
    if (connection?.has(name.lower) === true && name.role !== 'credential') continue;
    lines += `${fields[i * 2]}: ${fields[i * 2 + 1]}\r\n`;
  }
  // RFC 9110 section 7.6.3
  const via = exchange.head.minorVersion === 1 ? '1.1' : '1.0';
  return `${lines}via: ${via} gatehouse\r\nx-request-id: ${exchange.id}\r\n${originLines(exchange, request)}${identity}`;
}

function passes(name: HeaderName, { identity }: ServedApi, isTrusted: boolean): boolean {
  switch (name.role) {
    case 'end-to-end':
      return identity.ownNames.size === 0 || !identity.ownNames.has(name.folded);
    case 'credential':
      return identity.passesToken;
    case 'origin':
      return isTrusted && !continued.has(name.lower);
    default:
      return false;
  }
}

/** Whom we speak for: RFC 7239, and its forerunners that more upstreams read. */
function originLines({ peer, isTrusted }: Exchange, { head }: InboundRequest): string {
  return isTrusted ? continueOrigin(head, peer.address) : peer.originLinesFor(head.host, beginOrigin);
}

function beginOrigin(address: string, host: string): string {
  return writeOrigin(address, host, 'http', forwardedElement(address, host));
}

function continueOrigin(head: RequestHead, address: string): string {
  const before = (lower: string): readonly string[] =>
    head.names.flatMap((name, i) => (name.lower === lower ? [head.fields[i * 2 + 1] ?? ''] : []));
  return writeOrigin(
    [...before('x-forwarded-for'), address].join(', '),
    before('x-forwarded-host')[0] ?? head.host,
    before('x-forwarded-proto')[0] ?? 'http',
    [...before('forwarded'), forwardedElement(address, head.host)].join(', '),
  );
}

/** RFC 7239 section 4 */
function forwardedElement(address: string, host: string): string {
  const node = address.includes(':') ? `"[${address}]"` : address;
  return `for=${node};host="${host}";proto=http`;
}

function writeOrigin(addresses: string, host: string, scheme: string, forwarded: string): string {
  return writeFieldLines([
    ...['x-forwarded-for', addresses, 'x-forwarded-host', host, 'x-forwarded-proto', scheme],
    ...['forwarded', forwarded],
  ]);
}
