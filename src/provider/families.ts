import type { Clock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { familyEnded } from './channels.ts';
import type { ArtifactStore } from './ports/artifact-store.ts';
import type { ProviderRevocations } from './ports/revocations.ts';
import type { TokenRegistry } from './ports/token-registry.ts';
import { pagesOf, revocationOf } from './token-revocation.ts';

export type FamilyEnd = 'refresh_token_replayed' | 'code_replayed' | 'revoked' | 'signed_out';

/** The tokens that come from one grant: what a user once allowed a client. They die together. */
export interface Families {
  /** Whether the grant is still there. */
  live(grantId: string): Promise<boolean>;
  /** Resolves when no token of the family is accepted any more, here, and soon everywhere. */
  end(grantId: string, why: FamilyEnd, actor: string): Promise<void>;
}

export interface FamilyDependencies {
  readonly issuer: string;
  readonly clock: Clock;
  readonly artifacts: ArtifactStore;
  readonly registry: TokenRegistry;
  readonly revocations: ProviderRevocations;
}

export function createFamilies(dependencies: FamilyDependencies): Families {
  const { issuer, clock, artifacts, registry, revocations } = dependencies;
  return Object.freeze({
    async live(grantId: string) {
      return (await artifacts.find('Grant', sha256Hex(grantId))) !== undefined;
    },
    async end(grantId: string, reason: FamilyEnd, actor: string) {
      // The grant goes before the tokens are counted: whoever records one too late to be counted finds no grant, and
      // revokes it himself.
      await artifacts.remove('Grant', sha256Hex(grantId));
      await artifacts.removeByGrant(grantId);
      let accessTokens = 0;
      for await (const tokens of pagesOf(registry, { grantId }, clock())) {
        await revocations.revoke(tokens.map((token) => revocationOf(issuer, token, { actor, reason })));
        accessTokens += tokens.length;
      }
      familyEnded.announce({ grantId, reason, accessTokens });
    },
  });
}
