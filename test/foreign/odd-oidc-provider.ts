// A program: the library oidc-provider, set up in ways that are allowed and unusual. It lives below a path, has its
// metadata at the place of RFC 8414 alone, signs by what a resource asks for, and encrypts for it if that asks for it.
import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { type Configuration, Provider } from 'oidc-provider';

const { PORT = '', JWKS = '', ENCRYPT_FOR = '' } = process.env;
const path = '/tenants/acme';
const recipients = JSON.parse(ENCRYPT_FOR) as Readonly<Record<'RSA' | 'EC', string>>;

/** A resource is its audience, and in the query what its tokens are to be like. */
function tokensFor(resource: string): object {
  const { searchParams } = new URL(resource);
  const alg = searchParams.get('encrypt');
  const recipient = recipients[alg?.startsWith('RSA') === true ? 'RSA' : 'EC'];
  const encrypt =
    alg === null ? {} : { encrypt: { alg, enc: searchParams.get('enc'), key: createPublicKey(recipient) } };
  return { sign: { alg: searchParams.get('sign') ?? 'ES512' }, ...encrypt };
}

const configuration: Configuration = {
  clients: [
    {
      client_id: 'orders-web',
      client_secret: 'orders-web-secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: 'PS256',
    },
  ],
  jwks: JSON.parse(JWKS) as NonNullable<Configuration['jwks']>,
  routes: { jwks: '/keys', token: '/oauth/token' },
  extraTokenClaims: () => ({ 'https://acme.example/claims': { deep: [1, { none: null }] }, ünï: '', groups: 'one' }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    encryption: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        audience: resource.replace(/\?.*/, ''),
        scope: 'orders:read',
        accessTokenFormat: 'jwt',
        jwt: tokensFor(resource),
      }),
    },
  },
};

const answer = new Provider(`http://127.0.0.1:${PORT}${path}`, configuration).callback();

createServer((request, response) => {
  const { url = '' } = request;
  const isMetadata = url === `/.well-known/oauth-authorization-server${path}`;
  const isBelow = url.startsWith(`${path}/`) && !url.includes('/.well-known/');
  if (!isMetadata && !isBelow) return void response.writeHead(404).end();
  request.url = isMetadata ? '/.well-known/openid-configuration' : url.slice(path.length);
  // By which the library finds out that it is not at the root.
  Object.assign(request, { originalUrl: path + request.url });
  answer(request, response);
}).listen(Number(PORT), '127.0.0.1');
