import { Command } from 'commander';
import type { Config } from '../config/index.ts';
import { CommandFailure } from './command-failure.ts';
import { configOption, readConfig } from './config-option.ts';
import { findApi } from './find-api.ts';
import { requestToken } from './request-token.ts';

interface TokenArguments {
  readonly config: string;
  readonly api: string;
  readonly client?: string;
  readonly scope?: string;
}

/** Gets an access token from the provider by client credentials (RFC 6749 section 4.4) and prints it. */
export function tokenCommand(): Command {
  return new Command('token')
    .addOption(configOption())
    .requiredOption('--api <name>', 'the API that the token is for')
    .option('--client <id>', 'a client of the configuration; the only one with client_credentials by default')
    .option('--scope <scopes>', 'space-delimited; all that the client may have there by default')
    .action(async (args: TokenArguments) => {
      const config = await readConfig(args.config);
      const { audience } = findApi(config, args.api);
      const { id, secret } = clientOf(config, args.client);
      const token = await requestToken({
        issuer: issuerOf(config),
        client: id,
        secret: secret.reveal(),
        resource: audience[0] ?? '',
        scope: args.scope,
      });
      process.stdout.write(`${token}\n`);
    });
}

function issuerOf({ provider }: Config): string {
  if (provider === undefined)
    throw new CommandFailure(
      'the configuration has no `provider` to get a token from. Remedy: name another by --config',
    );
  return provider.issuer;
}

type ConfidentialClient = Config['clients'][number] & { readonly secret: NonNullable<unknown> };

function clientOf({ clients }: Config, id: string | undefined): ConfidentialClient {
  const able = clients.filter(
    (client): client is ConfidentialClient =>
      client.secret !== undefined && client.grants.includes('client_credentials'),
  );
  const wanted = id === undefined ? able : able.filter((client) => client.id === id);
  const [first, ...others] = wanted;
  if (first !== undefined && others.length === 0) return first;
  const names = able.map((client) => client.id).join(', ') || 'none is configured';
  const reason =
    id === undefined
      ? 'it is not clear which client asks'
      : `no client ${JSON.stringify(id)} has a secret and the grant client_credentials`;
  throw new CommandFailure(`${reason}. Remedy: name one of these by --client: ${names}`);
}
