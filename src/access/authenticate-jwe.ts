import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Issuer } from '../issuers/index.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { type DecryptionKey, decryptJwe, type OpenedJwe } from '../tokens/index.ts';
import { authenticateJwt } from './authenticate-jwt.ts';
import type { Authenticated, Outcome } from './authenticated.ts';
import type { Authentication } from './authentication.ts';
import { grantedTo } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * Decryption, and then the way of every JWT. Whoever knows our public key can encrypt, so only issuers that were given
 * this very key may have signed what is in it.
 */
export function authenticateJwe(
  authentication: Authentication,
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  const keys = keysOf(api);
  if (keys.length === 0) return refuse(rejection('token_encrypted'));
  return decryptJwe(token, keys, authentication.maxTokenLength, witness).then(
    async (opened): Promise<Verdict<Authenticated>> => {
      if (!opened.ok) return opened;
      const { jws, key } = opened.value;
      const inner = await authenticateJwt(authentication, holdersOf(key, api), jws, now, witness);
      return inner.ok ? accept(enclosed(inner.value, token, opened.value)) : inner;
    },
  );
}

/** Of all issuers that the API accepts, in their order. */
function keysOf({ issuers }: ProtectedApi): readonly DecryptionKey[] {
  return [...new Set(issuers.values())].flatMap(({ decryptionKeys }) => decryptionKeys);
}

/** The API as if it accepted nobody but those who encrypt for that key. */
function holdersOf(key: DecryptionKey, api: ProtectedApi): ProtectedApi {
  const holds = ({ decryptionKeys }: Issuer): boolean =>
    decryptionKeys.some(({ fingerprint }) => fingerprint === key.fingerprint);
  const issuers = new Map([...api.issuers].filter(([, issuer]) => holds(issuer)));
  const introspected = new Map([...api.introspected].filter(([, { issuer }]) => holds(issuer)));
  return { ...api, issuers, introspected };
}

/** Known by the hash of what was presented, and by that of what is in it: whichever is revoked, both die. */
function enclosed(inner: Authenticated, token: string, { isTriedAmong }: OpenedJwe): Authenticated {
  const { tokenHash } = inner.principal;
  const principal = { ...inner.principal, tokenHash: sha256Hex(token), nestedTokenHash: tokenHash };
  return {
    ...inner,
    principal,
    vouchesFor: (api) => inner.vouchesFor(api) && isTriedAmong(keysOf(api)),
    granted: grantedTo(principal),
  };
}
