import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Accounts } from './accounts.ts';
import type { Api } from './apis.ts';
import type { Clients } from './clients.ts';
import type { Exchange } from './exchange/create-exchange.ts';
import type { Families } from './families.ts';
import type { Federation } from './federation/create-federation.ts';
import type { GuessLimiter } from './guess-limiter.ts';
import type { AccountLinkStore } from './ports/account-link-store.ts';
import type { ArtifactStore } from './ports/artifact-store.ts';
import type { ProviderRevocations } from './ports/revocations.ts';
import type { SessionOriginStore } from './ports/session-origin-store.ts';
import type { TokenRegistry } from './ports/token-registry.ts';
import type { Lifetimes } from './provider-options.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { PlaceGiver } from './status/place-giver.ts';
import type { StatusBoard } from './status/status-board.ts';

/** What the parts of the provider share. Frozen; a reload of the options makes a new one. */
export interface Services {
  readonly issuer: string;
  readonly clock: Clock;
  readonly apis: readonly Api[];
  readonly lifetimes: Lifetimes;
  /** Seconds until the last thing has ended that could be made into a token, or is one. */
  readonly longestLifetime: number;
  readonly accounts: Accounts;
  readonly federation: Federation;
  readonly clients: Clients;
  readonly accountLinks: AccountLinkStore;
  readonly sessionOrigins: SessionOriginStore;
  readonly artifacts: ArtifactStore;
  readonly registry: TokenRegistry;
  readonly revocations: ProviderRevocations;
  readonly families: Families;
  /** Gives tokens their places in status lists. */
  readonly places: PlaceGiver;
  /** What the status lists say. */
  readonly board: StatusBoard;
  readonly keys: SigningKeys;
  readonly exchange: Exchange;
  readonly limiter: GuessLimiter;
  /** Signs cookies and the tokens of forms. */
  readonly cookieSecret: string;
  addressOf(request: IncomingMessage): string;
}
