import type { Adapter, AdapterPayload } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import { isRevoked } from '../is-revoked.ts';
import type { Artifact } from '../ports/artifact-store.ts';
import type { Services } from '../services.ts';
import { publicPayload, restoredPayload } from './artifact-payload.ts';
import { artifactPrincipal, upstreamPrincipal } from './artifact-principal.ts';
import { errors } from './library.ts';
import { sessionOriginOf } from './session-origin.ts';
import { unusedParts } from './unused-parts.ts';

/** Keeps the library's models by the hash of their value, so that who reads the store can use none of them. */
export function artifactAdapter(model: string, services: Services): Adapter {
  const { clock, artifacts } = services;
  const living = async (artifact: Artifact | undefined): Promise<Artifact | undefined> =>
    artifact === undefined || clock() >= artifact.expiresAt || (await isOver(artifact, services))
      ? undefined
      : artifact;
  return {
    ...unusedParts,
    async upsert(id, payload, expiresIn) {
      const artifact = artifactOf(model, id, payload, expiresIn, clock());
      if (model === 'Session') await recordOrigin(payload, services);
      if (model !== 'ReplayDetection') return artifacts.put(artifact);
      // RFC 7523 section 3: what was used once is not taken again, nor when two processes are shown it at once.
      if (!(await artifacts.add(artifact, clock())))
        throw new errors.InvalidClientAuth('the assertion was used before');
    },
    async find(id) {
      const artifact = await living(await artifacts.find(model, sha256Hex(id)));
      return artifact === undefined ? undefined : restoredPayload(artifact, id, services.issuer);
    },
    async findByUid(uid) {
      return (await living(await artifacts.findByUid(model, uid)))?.payload;
    },
    async consume(id) {
      if (await artifacts.consume(model, sha256Hex(id), Math.floor(clock() / 1000))) return;
      await usedMeanwhile(model, id, services);
    },
    destroy: (id) => artifacts.remove(model, sha256Hex(id)),
    // The family ends through the access tokens' adapter.
    async revokeByGrantId() {},
  };
}

/** Revoked, or the sign-in of someone who has no account any more. */
async function isOver(artifact: Artifact, services: Services): Promise<boolean> {
  const principal = artifactPrincipal(services.issuer, artifact);
  if (principal === undefined) return false;
  const upstream = upstreamPrincipal(artifact);
  if (isRevoked(services, principal) || (upstream !== undefined && isRevoked(services, upstream))) return true;
  return principal.subject !== undefined && (await services.accounts.find(principal.subject)) === undefined;
}

/** Before the session is there: whoever ends where it came from finds it, or it finds that he did. */
async function recordOrigin(payload: AdapterPayload, services: Services): Promise<void> {
  const origin = sessionOriginOf(payload, services.clock() + services.longestLifetime * 1000);
  if (origin !== undefined) await services.sessionOrigins.record(origin);
}

/** Two were shown the same value at the same moment, and the other was faster: a replay like any other. */
async function usedMeanwhile(model: string, id: string, { artifacts, families }: Services): Promise<never> {
  if (model === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('the request_uri was already used');
  const grantId = (await artifacts.find(model, sha256Hex(id)))?.grantId;
  const why = model === 'RefreshToken' ? 'refresh_token_replayed' : 'code_replayed';
  if (grantId !== undefined) await families.end(grantId, why, 'provider');
  throw new errors.InvalidGrant('it was used before');
}

/** Those that die with their grant. */
const grantMembers: ReadonlySet<string> = new Set(['AuthorizationCode', 'RefreshToken']);

function artifactOf(
  model: string,
  id: string,
  payload: AdapterPayload,
  expiresIn: number | undefined,
  now: number,
): Artifact {
  if (expiresIn === undefined) throw new TypeError(`A ${model} without an expiry is not kept.`);
  return {
    model,
    key: sha256Hex(id),
    payload: publicPayload(model, payload),
    grantId: grantMembers.has(model) ? payload.grantId : undefined,
    uid: payload.uid,
    consumedAt: undefined,
    expiresAt: now + expiresIn * 1000,
  };
}
