import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../e2e/free-ports.ts';
import type { SigningKey } from '../fixtures/a-jwt.ts';
import { ServerProcess } from './server-process.ts';

const program = createRequire(import.meta.url).resolve('cognito-local/lib/bin/start.js');
const preload = new URL('./cognito-local-keys.ts', import.meta.url).href;
const user = { Username: 'mira@acme.example', Password: 'Correct-Horse-7' };

/** The emulator cognito-local with one user pool, one client and one user in a group. */
export interface CognitoLocal {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly client: string;
  signIn(): Promise<{ readonly AccessToken: string; readonly IdToken: string }>;
  kill(): Promise<void>;
  /** Starts it where it was, with all its users, to sign by another RSA key. It gives every key the same `kid`. */
  revive(key: SigningKey): Promise<void>;
  remove(): Promise<void>;
}

export async function aCognitoLocal(): Promise<CognitoLocal> {
  const folder = await mkdtemp(join(tmpdir(), 'foreign-'));
  const { provider: port } = await freePorts();
  const origin = `http://127.0.0.1:${port}`;
  const server = new ServerProcess({
    args: ['--no-warnings', '--import', preload, program],
    cwd: folder,
    env: { HOST: '127.0.0.1', PORT: String(port) },
    probe: `${origin}/health`,
  });
  await server.start();
  const { pool, client } = await populate(origin);
  return {
    issuer: `${origin}/${pool}`,
    jwksUri: `${origin}/${pool}/.well-known/jwks.json`,
    client,
    async signIn() {
      const AuthParameters = { USERNAME: user.Username, PASSWORD: user.Password };
      const answer = await command(origin, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: client,
        AuthParameters,
      });
      return answer.AuthenticationResult;
    },
    kill: () => server.kill(),
    revive: ({ privateKey }) =>
      server.start({ PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string }),
    async remove() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function populate(origin: string): Promise<{ pool: string; client: string }> {
  const { UserPool } = await command(origin, 'CreateUserPool', { PoolName: 'acme' });
  const { Id: UserPoolId } = UserPool;
  const { UserPoolClient } = await command(origin, 'CreateUserPoolClient', { UserPoolId, ClientName: 'orders-web' });
  await command(origin, 'AdminCreateUser', { UserPoolId, ...user, MessageAction: 'SUPPRESS' });
  await command(origin, 'AdminSetUserPassword', { UserPoolId, ...user, Permanent: true });
  await command(origin, 'CreateGroup', { UserPoolId, GroupName: 'orders-admins' });
  await command(origin, 'AdminAddUserToGroup', { UserPoolId, Username: user.Username, GroupName: 'orders-admins' });
  return { pool: UserPoolId, client: UserPoolClient.ClientId };
}

/** What the AWS SDK does, but for the signature that the emulator does not look at. */
// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect to be there
async function command(origin: string, name: string, body: object): Promise<any> {
  const response = await fetch(origin, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${name}`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  return response.json();
}
