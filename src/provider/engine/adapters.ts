import type { Adapter, AdapterFactory } from 'oidc-provider';
import { clientMetadata } from '../client-metadata.ts';
import type { Services } from '../services.ts';
import type { SigningAlgorithm } from '../signing-algorithms.ts';
import { accessTokenAdapter } from './access-token-adapter.ts';
import { artifactAdapter } from './artifact-adapter.ts';
import { unusedParts } from './unused-parts.ts';

/** Where the library finds and keeps its models: clients, access tokens, and all the rest. */
export function adapters(services: Services, idTokenAlgorithm: SigningAlgorithm): AdapterFactory {
  return (model) => {
    if (model === 'Client') return clientAdapter(services, idTokenAlgorithm);
    if (model === 'AccessToken' || model === 'ClientCredentials') return accessTokenAdapter(model, services);
    return artifactAdapter(model, services);
  };
}

function clientAdapter({ clients, exchange }: Services, idTokenAlgorithm: SigningAlgorithm): Adapter {
  return {
    ...unusedParts,
    async find(id) {
      const client = await clients.find(id);
      return client === undefined ? undefined : clientMetadata(client, idTokenAlgorithm, exchange.offered);
    },
  };
}
