import { addressBlocks } from '../base/address-blocks.ts';
import { clientAddress } from '../base/client-address.ts';
import type { Clock } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import type { RevocationLog } from '../revocation/index.ts';
import { createAccounts } from './accounts.ts';
import { apiOf } from './apis.ts';
import { createClients } from './clients.ts';
import { createExchange } from './exchange/create-exchange.ts';
import { createFamilies } from './families.ts';
import { createFederation } from './federation/create-federation.ts';
import { GuessLimiter } from './guess-limiter.ts';
import { defaultGuessLimits } from './guess-limits.ts';
import type { AccountLinkStore } from './ports/account-link-store.ts';
import type { ArtifactStore } from './ports/artifact-store.ts';
import type { ClientStore } from './ports/client-store.ts';
import type { ProviderRevocations } from './ports/revocations.ts';
import type { SecretStore } from './ports/secret-store.ts';
import type { SessionOriginStore } from './ports/session-origin-store.ts';
import type { SigningKeyStore } from './ports/signing-key-store.ts';
import type { StatusRegistry } from './ports/status-registry.ts';
import type { SubjectTokenJudge } from './ports/subject-token-judge.ts';
import type { TokenRegistry } from './ports/token-registry.ts';
import { defaultLifetimes, type ProviderOptions } from './provider-options.ts';
import type { Services } from './services.ts';

/** What the provider stands on. */
export interface ProviderDependencies {
  readonly clock: Clock;
  /** By which federated issuers are called. */
  readonly http: HttpClient;
  readonly artifacts: ArtifactStore;
  readonly tokenRegistry: TokenRegistry;
  readonly clients: ClientStore;
  readonly signingKeys: SigningKeyStore;
  readonly secrets: SecretStore;
  readonly accountLinks: AccountLinkStore;
  readonly sessionOrigins: SessionOriginStore;
  readonly revocations: ProviderRevocations;
  /** By which status lists follow the revocations. */
  readonly revocationLog: Pick<RevocationLog, 'readAfter'>;
  readonly statusRegistry: StatusRegistry;
  /** Needed where `exchange` has a rule. */
  readonly subjectTokens?: SubjectTokenJudge | undefined;
}

/** What a reload of the options leaves as it is. */
export type LastingServices = Pick<Services, 'keys' | 'cookieSecret' | 'places' | 'board'>;

export function createServices(
  options: ProviderOptions,
  dependencies: ProviderDependencies,
  lasting: LastingServices,
): Services {
  const { issuer, signIn = [] } = options;
  const { clock, accountLinks, artifacts, tokenRegistry: registry, clients: store, revocations } = dependencies;
  const trusted = addressBlocks(options.trustedProxies ?? []);
  const longestLifetime = longestLifetimeOf(options);
  const linked = { links: accountLinks, issuers: new Set(signIn.map((each) => each.issuer)) };
  return Object.freeze<Services>({
    issuer,
    clock,
    apis: options.apis.map(apiOf),
    lifetimes: { ...defaultLifetimes, ...options.lifetimes },
    longestLifetime,
    accounts: createAccounts(options.accounts ?? [], linked),
    federation: createFederation(signIn, { issuer, http: dependencies.http, clock, secret: lasting.cookieSecret }),
    clients: createClients(options.clients ?? [], { issuer, clock, store, revocations, longestLifetime }),
    accountLinks,
    sessionOrigins: dependencies.sessionOrigins,
    artifacts,
    registry,
    revocations,
    families: createFamilies({ issuer, clock, artifacts, registry, revocations }),
    ...lasting,
    exchange: createExchange(options.exchange, dependencies.subjectTokens),
    limiter: new GuessLimiter({ ...defaultGuessLimits, ...options.limits }, clock),
    addressOf: (request) => clientAddress(request, trusted),
  });
}

/** Seconds until the last thing has ended that could be made into a token, or is one. */
function longestLifetimeOf({ apis, lifetimes }: ProviderOptions): number {
  const { grant, session, refreshToken, idToken } = { ...defaultLifetimes, ...lifetimes };
  const ttls = apis.map((api) => apiOf(api).ttl);
  return Math.ceil(Math.max(grant, session, refreshToken, idToken) / 1000) + Math.max(0, ...ttls);
}
