// oidc-provider with hardly anything set, everything in memory: client credentials, opaque tokens for one API.
import { type Configuration, Provider } from 'oidc-provider';

const configuration: Configuration = {
  clients: [
    {
      client_id: 'reporting',
      client_secret: 'a-secret-for-the-benchmark-only',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        audience: resource,
        scope: 'orders:read',
        accessTokenTTL: 3600,
        accessTokenFormat: 'opaque',
      }),
    },
  },
};

new Provider('http://127.0.0.1:18081', configuration).listen(18081, '127.0.0.1');
