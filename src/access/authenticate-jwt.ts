import type { EpochMs } from '../base/clock.ts';
import type { Witness } from '../protocol/witness.ts';
import { decodeJwt } from '../tokens/index.ts';
import { askIssuer } from './ask-issuer.ts';
import type { Outcome } from './authenticated.ts';
import type { Authentication } from './authentication.ts';
import type { ProtectedApi } from './protected-api.ts';
import { verifyByKeys } from './verify-by-keys.ts';

/**
 * Structure and decoding; then the issuer is asked, where the API has it asked about its JWTs, or its keys decide.
 * The `iss` is not verified yet: it only chooses who decides, among the issuers that this API accepts.
 */
export function authenticateJwt(
  { maxTokenLength, turns }: Authentication,
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  const decoded = decodeJwt(token, maxTokenLength, witness);
  if (!decoded.ok) return decoded;
  const { iss } = decoded.value.payload;
  const source = typeof iss === 'string' ? api.introspected.get(iss) : undefined;
  if (typeof iss !== 'string' || source === undefined) return verifyByKeys(api, decoded.value, turns, now, witness);
  const vouchesFor = (other: ProtectedApi): boolean => {
    const asked = other.introspected.get(iss);
    return asked?.verifier === source.verifier && asked.issuer === source.issuer;
  };
  return askIssuer(api, source, token, now, vouchesFor, witness, decoded.value.payload);
}
