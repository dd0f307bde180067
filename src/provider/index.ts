export type { AccountOptions } from './accounts.ts';
export {
  familyEnded,
  federationFailed,
  federationOffered,
  guessingLimited,
  keysRotated,
  providerFailed,
  requestRefused,
  signInFailed,
  signInSucceeded,
  signInsEnded,
  tokenExchanged,
  tokenIssued,
  tokensRevoked,
} from './channels.ts';
export { checkClient } from './check-client.ts';
export { checkSignIn } from './check-sign-in.ts';
export type { ClientOptions } from './client-options.ts';
export type { Clients, ClientWithSecret, NewClient } from './clients.ts';
export { createProvider, type Provider, type Signer } from './create-provider.ts';
export type { ProviderDependencies } from './create-services.ts';
export {
  audiencesFor,
  type ExchangeGrant,
  type ExchangeRule,
  exchangeGrants,
} from './exchange-rule.ts';
export type { EndedSignIns } from './federation/end-sign-ins.ts';
export { federationCallback } from './federation/federation-callback.ts';
export type { ClaimPlaces } from './federation/map-claims.ts';
export type { SignInIssuerOptions } from './federation/sign-in-issuer.ts';
export type { GuessLimit, GuessLimits } from './guess-limits.ts';
export type { IssuedTokens, TokenPage } from './issued-tokens.ts';
export { type OptionFault, OptionsInvalid } from './option-fault.ts';
export type { AccountLinkStore, LinkedAccount, LinkFacts } from './ports/account-link-store.ts';
export type { Artifact, ArtifactModel, ArtifactStore } from './ports/artifact-store.ts';
export type { ClientStore } from './ports/client-store.ts';
export type { ProviderRevocations } from './ports/revocations.ts';
export type { SecretStore } from './ports/secret-store.ts';
export type { SessionOrigin, SessionOriginStore } from './ports/session-origin-store.ts';
export type { SigningKey, SigningKeyStore, SigningKeys } from './ports/signing-key-store.ts';
export type { GivenPlaces, RevokedFacts, StatusRegistry, WantedPlaces } from './ports/status-registry.ts';
export type { PresentedToken, SubjectTokenJudge } from './ports/subject-token-judge.ts';
export type {
  IssuedToken,
  StatusPlace,
  SubjectToken,
  TokenCount,
  TokenQuery,
  TokenRegistry,
  TokenSelection,
} from './ports/token-registry.ts';
export type { ApiOptions, Lifetimes, ProviderOptions, TokenOptions } from './provider-options.ts';
export {
  type ClientAuthentication,
  clientAuthentications,
  type GrantType,
  grantTypes,
  type RegisteredClient,
} from './registered-client.ts';
export type { SigningAlgorithm } from './signing-algorithms.ts';
export type { KeyRotation } from './signing-keys.ts';
export {
  chooseTokenFormat,
  type TokenFormat,
  type TokenFormatChoice,
  type TokenFormatSettings,
  type TokenNeed,
} from './token-format.ts';
export type { RevocationNote } from './token-revocation.ts';
