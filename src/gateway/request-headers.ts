import type { Exchange } from './exchange.ts';
import type { HeaderName } from './header-name.ts';
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
 * The fields of the request to the upstream, name, value, name, value: what is meant for it, then what only we may say.
 *
 * @param identity what the upstream is told about the caller
 */
export function upstreamFields(
  exchange: Exchange,
  api: ServedApi,
  request: InboundRequest,
  identity: readonly string[],
): string[] {
  const { names, fields, connection } = request.head;
  const sent: string[] = [];
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === undefined || !passes(name, api, exchange.isTrusted)) continue;
    // RFC 9110 section 7.6.1: what Connection lists is for us alone. Our own fields come after: it cannot list them.
    if (connection?.has(name.lower) === true && name.role !== 'credential') continue;
    sent.push(fields[i * 2] ?? '', fields[i * 2 + 1] ?? '');
  }
  // RFC 9110 section 7.6.3
  sent.push('via', `${exchange.incoming.httpVersion} gatehouse`, 'x-request-id', exchange.id);
  pushOrigin(sent, exchange, request);
  sent.push(...identity);
  return sent;
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
function pushOrigin(sent: string[], { connection, isTrusted }: Exchange, { head }: InboundRequest): void {
  const { address } = connection;
  const before = isTrusted ? valuesOf : none;
  const node = address.includes(':') ? `"[${address}]"` : address;
  sent.push(
    'x-forwarded-for',
    [...before(head, 'x-forwarded-for'), address].join(', '),
    'x-forwarded-host',
    before(head, 'x-forwarded-host')[0] ?? head.host,
    'x-forwarded-proto',
    before(head, 'x-forwarded-proto')[0] ?? 'http',
    'forwarded',
    [...before(head, 'forwarded'), `for=${node};host="${head.host}";proto=http`].join(', '),
  );
}

function none(): readonly string[] {
  return [];
}

function valuesOf({ names, fields }: InboundRequest['head'], lower: string): readonly string[] {
  return names.flatMap((name, i) => (name.lower === lower ? [fields[i * 2 + 1] ?? ''] : []));
}
