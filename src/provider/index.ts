export type { Artifact, ArtifactModel, ArtifactStore } from './ports/artifact-store.ts';
export type { ClientStore } from './ports/client-store.ts';
export type { SecretStore } from './ports/secret-store.ts';
export type { SigningKey, SigningKeyStore, SigningKeys } from './ports/signing-key-store.ts';
export type { IssuedToken, TokenQuery, TokenRegistry, TokenSelection } from './ports/token-registry.ts';
export {
  type ClientAuthentication,
  clientAuthentications,
  type GrantType,
  grantTypes,
  type RegisteredClient,
} from './registered-client.ts';
