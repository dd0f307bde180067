import type { NumericDate } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Revocation, RevocationKind } from '../../revocation/index.ts';
import type { TransmittedEvent } from './stream.ts';

/** A revocation in the words of others: the event, and whom it is about. */
export interface DescribedRevocation {
  readonly event: TransmittedEvent;
  readonly subject: JsonObject;
  readonly at: NumericDate;
}

type Describe = (entry: Revocation) => { readonly event: TransmittedEvent; readonly subject: JsonObject } | undefined;

/** By kind. What is cut off is a complex subject where no simple one names it (SSF 1.0 sections 3.2 to 3.4). */
const descriptions: Readonly<Record<RevocationKind, Describe>> = {
  subject: ({ issuer, value, client }) =>
    cutOff(client === undefined ? user(issuer, value) : both(issuer, value, client)),
  session: ({ value }) => cutOff(complex({ session: opaque(value) })),
  client: ({ value }) => cutOff(complex({ application: opaque(value) })),
  issuer: ({ issuer }) => cutOff(complex({ tenant: opaque(issuer) })),
  jti: ({ issuer, value }) => ({ event: 'token-revoked', subject: { format: 'jwt_id', iss: issuer, jti: value } }),
  token: ({ value }) => ({ event: 'token-revoked', subject: { ...hashed, token: value } }),
  // Whoever verifies our tokens sees that the key has gone from the key set: no event says more.
  key: () => undefined,
};

/** OAuth Event Types 1.0 (draft) section 2.1; the hash is lower-case hex. */
const hashed = { format: 'oauth_token', token_type: 'access_token', token_identifier_alg: 'hash_SHA256' } as const;

/** @returns undefined for what others are not told */
export function describeRevocation(entry: Revocation): DescribedRevocation | undefined {
  const described = descriptions[entry.kind](entry);
  if (described === undefined) return undefined;
  return { ...described, at: entry.before ?? Math.floor((entry.from ?? entry.at) / 1000) };
}

function cutOff(subject: JsonObject) {
  return { event: 'session-revoked', subject } as const;
}

function user(iss: string, sub: string): JsonObject {
  return { format: 'iss_sub', iss, sub };
}

function both(iss: string, sub: string, client: string): JsonObject {
  return complex({ user: user(iss, sub), application: opaque(client) });
}

function opaque(id: string): JsonObject {
  return { format: 'opaque', id };
}

function complex(members: JsonObject): JsonObject {
  return { format: 'complex', ...members };
}
