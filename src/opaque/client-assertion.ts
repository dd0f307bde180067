import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { EpochMs } from '../base/clock.ts';
import type { ClientKey } from './client-key.ts';

/** Seconds: enough for clocks that differ a little, too few to be worth stealing. */
const lifetimeSeconds = 60;

/**
 * RFC 7523 section 3: who we are, signed. Each has its own `jti`, for a server may take an assertion only once.
 *
 * @param audience the issuer identifier, so that no other issuer can use it
 */
export function clientAssertion(clientId: string, key: ClientKey, audience: string, now: EpochMs): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  const header = { alg: key.algorithm, typ: 'JWT', ...(key.id === undefined ? {} : { kid: key.id }) };
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader(header)
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key.privateKey);
}
