import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';
import { isListed } from './proxy-list.ts';

/** What an IPv4 peer looks like on a socket that listens for both. */
const mapped = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * Who is asking: the peer of the socket, or where that is a trusted proxy, the last address of `X-Forwarded-For` that
 * is none: everything to the left of it may have been made up by the caller.
 */
export function clientAddress(request: IncomingMessage, trusted: BlockList): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(mapped, '');
  const hops = [...forwardedFor(request), peer];
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return peer;
    if (!isListed(trusted, hop)) return hop;
  }
  return peer;
}

function forwardedFor({ headers }: IncomingMessage): readonly string[] {
  const field = headers['x-forwarded-for'];
  if (field === undefined) return [];
  return String(field)
    .split(',')
    .map((hop) => hop.trim().replace(mapped, ''));
}
