/**
 * RFC 3986 section 3.2.2, without percent-encoding and user information: a name, or an IPv6 address in brackets;
 * then perhaps a port.
 */
const authority = /^(?:([a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?)\.?|(\[[0-9a-f:.]+\]))(?::([0-9]{1,5}))?$/i;

export interface Host {
  /** Lower case, without port and without the root's dot. */
  readonly name: string;
  readonly port: number | undefined;
}

/** @returns undefined where the value of `Host` (RFC 9110 section 7.2) names no single host */
export function parseHost(value: string): Host | undefined {
  if (value.length > 260) return undefined;
  const match = authority.exec(value);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined || name.includes('..')) return undefined;
  const port = match?.[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && port > 65535) return undefined;
  return { name: name.toLowerCase(), port };
}
