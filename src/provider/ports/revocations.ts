import type { Principal } from '../../protocol/principal.ts';
import type { LogPosition, NewRevocation, RevocationMatch } from '../../revocation/index.ts';

/** What the provider needs of revocation; `createRevocations` of src/revocation gives it. */
export interface ProviderRevocations {
  readonly index: RevocationFacts;
  /** What keeps it level with the log. */
  readonly follower: { readonly applied: LogPosition; catchUp(): Promise<void> };
  /** Whether this process may have missed revocations for longer than is allowed. */
  isStale(): boolean;
  /** Resolves when the entries are durable and applied in this process. */
  revoke(entries: readonly NewRevocation[]): Promise<unknown>;
}

interface RevocationFacts {
  /** Grows with every change. */
  readonly version: number;
  match(principal: Principal): RevocationMatch | undefined;
  /** @returns how to stop */
  subscribe(wake: () => void): () => void;
}
