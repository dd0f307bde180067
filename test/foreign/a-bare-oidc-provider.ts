import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../e2e/free-ports.ts';
import type { SigningKey } from '../fixtures/a-jwt.ts';
import { type Answer, post } from '../fixtures/a-token-client.ts';
import { ServerProcess } from './server-process.ts';

const program = fileURLToPath(new URL('./bare-oidc-provider.ts', import.meta.url));
const client = { id: 'orders-web', secret: 'orders-web-secret' };

/** The certified library as an identity provider of somebody else, in a process of its own. */
export interface BareOidcProvider {
  readonly issuer: string;
  /** Where a resource server asks about tokens, and as whom. */
  readonly introspection: {
    readonly endpoint: string;
    readonly client: { readonly id: string; readonly secret: string };
  };
  /** By client credentials, for a resource; opaque where the resource ends in `/opaque`. */
  token(resource: string): Promise<string>;
  /** RFC 7009, by the client to which the token was issued. */
  revoke(token: string): Promise<Answer>;
  kill(): Promise<void>;
  /** Starts it where it was, with all its tokens, to sign by the first of these keys and to publish all. */
  revive(keys: readonly SigningKey[]): Promise<void>;
  /** For good. */
  remove(): Promise<void>;
}

export async function aBareOidcProvider(keys: readonly SigningKey[]): Promise<BareOidcProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'foreign-'));
  const { provider: port } = await freePorts();
  const issuer = `http://127.0.0.1:${port}`;
  const server = new ServerProcess({
    args: [program],
    cwd: folder,
    env: { PORT: String(port), FOLDER: folder },
    probe: `${issuer}/jwks`,
  });
  await server.start({ JWKS: privateSet(keys) });
  return {
    issuer,
    introspection: { endpoint: `${issuer}/token/introspection`, client: { id: 'gate', secret: 'gate-secret' } },
    async token(resource) {
      const form = { grant_type: 'client_credentials', scope: 'orders:read', resource };
      const { json, text } = await post(issuer, '/token', form, client);
      if (typeof json?.access_token !== 'string') throw new Error(text);
      return json.access_token;
    },
    revoke: (token) => post(issuer, '/token/revocation', { token }, client),
    kill: () => server.kill(),
    revive: (next) => server.start({ JWKS: privateSet(next) }),
    async remove() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function privateSet(keys: readonly SigningKey[]): string {
  return JSON.stringify({
    keys: keys.map(({ privateKey, kid, alg }) => ({ ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })),
  });
}
