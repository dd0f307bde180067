import type { IncomingMessage } from 'node:http';

/** Who may introspect and revoke at every issuer of the lab. A toy's secret, so it may be printed. */
export const labClient = Object.freeze({ id: 'gate', secret: 'lab-secret' });

const credentials = `Basic ${Buffer.from(`${labClient.id}:${labClient.secret}`).toString('base64')}`;

/** RFC 6749 section 2.3.1 */
export function isLabClient({ headers }: IncomingMessage): boolean {
  return headers.authorization === credentials;
}
