import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type AddressBlocks, plainAddress } from './address-blocks.ts';

/**
 * Who is asking: the peer of the socket, or where that is a trusted proxy, the last address of `X-Forwarded-For` that
 * is none: everything to the left of it may have been made up by the caller.
 */
export function clientAddress(request: IncomingMessage, trusted: AddressBlocks): string {
  const peer = plainAddress(request.socket.remoteAddress ?? 'unknown');
  const forwarded = forwardedFor(request);
  if (forwarded.length === 0) return peer;
  const hops = [...forwarded, peer];
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return peer;
    if (!trusted(hop)) return hop;
  }
  return peer;
}

function forwardedFor({ headers }: IncomingMessage): readonly string[] {
  const field = headers['x-forwarded-for'];
  if (field === undefined) return [];
  return String(field)
    .split(',')
    .map((hop) => plainAddress(hop.trim()));
}
