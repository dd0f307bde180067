import { type ClientAuthentication, importClientKey } from '../opaque/index.ts';
import type { IssuerConfig } from './config.ts';

export type IntrospectionConfig = NonNullable<IssuerConfig['introspection']>;
type Method = NonNullable<IntrospectionConfig['authentication']>;

/** The method that is written, or that follows from what there is; undefined where nothing says. */
export function authenticationMethod({ authentication, client, bearer }: IntrospectionConfig): Method | undefined {
  if (authentication !== undefined) return authentication;
  if (bearer !== undefined) return 'bearer';
  if (client?.key !== undefined) return 'private_key_jwt';
  return client?.secret === undefined ? undefined : 'basic';
}

/**
 * How Gatehouse shows itself at an introspection endpoint, of a configuration that was checked.
 *
 * @throws ClientKeyInvalid
 */
export function introspectionClient(config: IntrospectionConfig): ClientAuthentication {
  const { client: { id: clientId = '', secret, key, kid, audience } = {}, bearer } = config;
  const clientSecret = secret?.reveal() ?? '';
  switch (authenticationMethod(config)) {
    case 'basic':
      return { method: 'client_secret_basic', clientId, clientSecret };
    case 'post':
      return { method: 'client_secret_post', clientId, clientSecret };
    case 'private_key_jwt': {
      const imported = importClientKey(key?.reveal() ?? '', kid);
      return { method: 'private_key_jwt', clientId, key: imported, ...(audience && { audience }) };
    }
    case 'bearer':
      return { method: 'bearer', token: bearer?.reveal() ?? '', ...(clientId && { clientId }) };
    case 'none':
    case undefined:
      return { method: 'none', ...(clientId && { clientId }) };
  }
}
