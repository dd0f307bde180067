/**
 * Where a federated issuer sends people back to: what must be registered there as redirect URI. Each issuer has its own,
 * so that one can never answer for another (RFC 9700 section 4.4.2.2).
 *
 * @param issuer our own issuer identifier
 * @param name the name of the federated one
 */
export function federationCallback(issuer: string, name: string): string {
  return `${issuer}/federation/${name}/callback`;
}
