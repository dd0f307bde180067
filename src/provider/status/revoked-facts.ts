import type { RevocationEffect } from '../../revocation/index.ts';
import type { RevokedFacts } from '../ports/status-registry.ts';

/**
 * What an entry of the log says of the tokens of its issuer. Those issued in the second of a cut-off die with those
 * before (see `kills` in src/revocation/issuer-revocations.ts).
 */
export function revokedFacts({ kind, value, client, before, at }: RevocationEffect): RevokedFacts {
  const issuedBefore = (before ?? Math.floor(at / 1000)) + 1;
  switch (kind) {
    case 'jti':
      return { id: value };
    case 'token':
      return { hash: value };
    case 'subject':
      return { subject: value, client, issuedBefore };
    case 'client':
      return { client: value, issuedBefore };
    case 'session':
      return { session: value, issuedBefore };
    case 'key':
      return { keyId: value, issuedBefore };
    case 'issuer':
      return { issuedBefore };
  }
}

/** Whether it may hit a great part of all tokens. */
export function isSweeping({ kind }: RevocationEffect): boolean {
  return kind === 'client' || kind === 'key' || kind === 'issuer';
}
