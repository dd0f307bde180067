import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';
import { markVerified } from '../protocol/mark-verified.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { checkExpiry } from '../tokens/index.ts';
import { checksumFits, opaquePrefixes, opaquePrefixOf } from './opaque-form.ts';
import type { OpaqueVerifier } from './opaque-verifier.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

export interface StoreVerifierOptions {
  readonly store: TokenStore;
  readonly issuerName: string;
  /** Our own issuer identifier: a record of another `iss` is refused, should two providers share a store. */
  readonly issuer: string;
  /** Seconds that a token is still taken after its expiry. Default 5, as for JWTs. */
  readonly leewaySeconds?: number;
}

/** The store was asked about a token. */
export interface TokenLookup {
  readonly issuerName: string;
  readonly outcome: 'found' | 'unknown' | 'failed';
}

export const tokenLookups = channel<TokenLookup>('gatehouse:opaque:lookup');

type Outcome = Verdict<VerifiedToken>;

/** Verifies the opaque tokens of our own provider: form, lookup by hash, issuer, expiry. */
export function createStoreVerifier(options: StoreVerifierOptions): OpaqueVerifier {
  const { store, issuerName } = options;
  return Object.freeze({
    issuerName,
    recognises: (token: string) => opaquePrefixOf(token) !== undefined,
    verify(token: string, hash: string, now: EpochMs, _graceMs: number, witness?: Witness) {
      const misshapen = checkForm(token, witness);
      if (misshapen !== undefined) return refuse(misshapen);
      const judge = (record: TokenRecord | undefined): Outcome => judgeRecord(options, record, hash, now, witness);
      const failed = (error: unknown): Outcome => storeFailed(issuerName, error);
      try {
        const found = store.find(hash);
        return found instanceof Promise ? found.then(judge, failed) : judge(found);
      } catch (error) {
        return failed(error);
      }
    },
  });
}

/** A refresh token or a client secret of ours is never looked up as an access token, nor shown to another issuer. */
function checkForm(token: string, witness?: Witness): Rejection | undefined {
  const prefix = opaquePrefixOf(token);
  if (prefix === undefined || !checksumFits(token)) return rejection('token_mistyped', { length: token.length });
  if (prefix !== 'gho_') return rejection('not_an_access_token', { form: opaquePrefixes[prefix] });
  witness?.('structure', { kind: 'opaque', form: opaquePrefixes[prefix], checksum: 'fits' });
  return undefined;
}

function judgeRecord(
  { issuerName, issuer, leewaySeconds = 5 }: StoreVerifierOptions,
  record: TokenRecord | undefined,
  hash: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  tokenLookups.announce({ issuerName, outcome: record === undefined ? 'unknown' : 'found' });
  if (record === undefined) return refuse(rejection('token_inactive', { issuer: issuerName, hash }));
  const { claims, expiresAt } = record;
  if (claims['iss'] !== issuer) {
    return refuse(rejection('claim_invalid', { claim: 'iss', value: claims['iss'] ?? null, expected: issuer }));
  }
  witness?.('introspection', { issuer: issuerName, source: 'token store', active: true });
  const untimely = checkExpiry({ exp: expiresAt / 1000 }, leewaySeconds, now);
  if (untimely !== undefined) return refuse(untimely);
  witness?.('expiry', { expiresAt, leewaySeconds });
  return accept(
    markVerified({
      kind: 'opaque',
      hash,
      header: undefined,
      claims,
      keyId: undefined,
      expiresAt,
      freshUntil: undefined,
    }),
  );
}

function storeFailed(issuerName: string, error: unknown): Outcome {
  tokenLookups.announce({ issuerName, outcome: 'failed' });
  const reason = error instanceof Error ? error.message : 'unknown failure';
  return refuse(rejection('issuer_unavailable', { issuer: issuerName, reason }, { retryAfter: 1 }));
}
