import type { EpochMs } from '../base/clock.ts';
import { type NewRevocation, retainForToken } from '../revocation/index.ts';
import type { IssuedToken, TokenRegistry, TokenSelection } from './ports/token-registry.ts';

export interface RevocationNote {
  /** Who revokes, for the audit log. */
  readonly actor: string;
  readonly reason: string;
}

/** By `jti`, not by hash: an ECDSA signature has a twin, and with it the bearer could present another hash. */
export function revocationOf(issuer: string, token: IssuedToken, { actor, reason }: RevocationNote): NewRevocation {
  const expiresAt = retainForToken(token.issuedUntil);
  return { issuer, kind: 'jti', value: token.id, expiresAt, actor, reason };
}

const pageSize = 500;

/** Every token that is selected and has not ended, page by page. */
export async function* pagesOf(
  registry: TokenRegistry,
  selection: TokenSelection,
  liveAt: EpochMs,
): AsyncGenerator<readonly IssuedToken[]> {
  let after: IssuedToken | undefined;
  do {
    const page: readonly IssuedToken[] = await registry.list({ ...selection, liveAt, after, limit: pageSize });
    if (page.length > 0) yield page;
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after !== undefined);
}
