import type { Principal } from '../../protocol/principal.ts';
import type { NewRevocation, RevocationMatch } from '../../revocation/index.ts';

/** What the provider needs of revocation; `createRevocations` of src/revocation gives it. */
export interface ProviderRevocations {
  readonly index: { match(principal: Principal): RevocationMatch | undefined };
  /** Resolves when the entries are durable and applied in this process. */
  revoke(entries: readonly NewRevocation[]): Promise<unknown>;
}
