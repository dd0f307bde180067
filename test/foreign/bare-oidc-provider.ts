// A program: the library oidc-provider with hardly anything set, as somebody else would run it. Its keys and tokens
// are what the environment says, so that it can be killed and come back, with its tokens and with other keys.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Adapter, type AdapterPayload, type Configuration, Provider } from 'oidc-provider';

const { PORT = '', JWKS = '', FOLDER = '' } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;

/** One file for each kind of thing. */
class FileAdapter implements Adapter {
  readonly #file: string;

  constructor(kind: string) {
    this.#file = join(FOLDER, `${kind}.json`);
  }

  #read(): Record<string, AdapterPayload> {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, AdapterPayload>;
    } catch {
      return {};
    }
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    writeFileSync(this.#file, JSON.stringify({ ...this.#read(), [id]: payload }));
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#read()[id];
  }

  async destroy(id: string): Promise<void> {
    const { [id]: _, ...rest } = this.#read();
    writeFileSync(this.#file, JSON.stringify(rest));
  }

  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

const machine = {
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [] as [],
  id_token_signed_response_alg: 'ES256' as const,
};
const configuration: Configuration = {
  adapter: FileAdapter,
  clients: [
    { ...machine, client_id: 'orders-web', client_secret: 'orders-web-secret' },
    { ...machine, client_id: 'gate', client_secret: 'gate-secret' },
  ],
  jwks: JSON.parse(JWKS) as NonNullable<Configuration['jwks']>,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      // What is asked for as `.../opaque` is issued opaque, everything else as a JWT.
      getResourceServerInfo: (_, resource) => ({
        audience: resource,
        scope: 'orders:read orders:write',
        accessTokenTTL: 600,
        accessTokenFormat: resource.endsWith('/opaque') ? 'opaque' : 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
};

new Provider(issuer, configuration).listen(Number(PORT), '127.0.0.1');
