import { Command, Option } from 'commander';
import { adminClient } from './admin-client.ts';
import { CommandFailure } from './command-failure.ts';
import { configOption, readConfig } from './config-option.ts';
import { readToken } from './read-secret.ts';

interface RevokeArguments {
  readonly config: string;
  readonly issuer?: string;
  readonly hash?: string;
  readonly jti?: string;
  readonly subject?: string;
  readonly client?: string;
  readonly session?: string;
  readonly key?: string;
  readonly all?: boolean;
  readonly before?: string;
  readonly reason?: string;
}

interface Revoked {
  readonly items: readonly { readonly seq: number; readonly kind: string; readonly issuer: string }[];
}

/** Revokes the token on standard input, or all tokens that an option names. */
export function revokeCommand(): Command {
  return new Command('revoke')
    .description('revoke the token on standard input, or all tokens of a subject, client, session, key or issuer')
    .addOption(configOption())
    .option('--issuer <name>', 'whose tokens; needed for everything but a token that says so itself')
    .option('--hash <sha256>', 'a token by its SHA-256, as logs show it')
    .option('--jti <id>', 'a token by its `jti`')
    .option('--subject <sub>', 'all tokens of a subject; with --client, only those that this client holds')
    .option('--client <id>', 'all tokens of a client')
    .option('--session <sid>', 'all tokens of a session')
    .option('--key <kid>', 'all tokens signed by a key')
    .option('--all', 'all tokens of the issuer')
    .addOption(new Option('--before <time>', 'tokens issued at or before this time, ISO 8601; now by default'))
    .option('--reason <text>', 'for the audit log')
    .action(async (args: RevokeArguments) => {
      const input = await revocationOf(args);
      const admin = await adminClient(await readConfig(args.config));
      const { items } = await admin.post<Revoked>('/revocations', input);
      for (const { seq, kind, issuer } of items) process.stdout.write(`revoked: ${kind} of ${issuer} (entry ${seq})\n`);
    });
}

const kinds = ['jti', 'subject', 'client', 'session', 'key'] as const;

async function revocationOf(args: RevokeArguments): Promise<object> {
  const { issuer, before, reason } = args;
  const common = { issuer, before, reason };
  const named = kinds.filter((kind) => args[kind] !== undefined && !(kind === 'client' && args.subject !== undefined));
  const ways = named.length + Number(args.hash !== undefined) + Number(args.all === true);
  if (ways > 1) throw new CommandFailure('name one thing to revoke at a time; --client may go with --subject');
  const [kind] = named;
  if (kind === 'subject') return { kind, value: args.subject, client: args.client, ...common };
  if (kind === 'jti') return { kind, value: args.jti, issuer, reason };
  if (kind !== undefined) return { kind, value: args[kind], ...common };
  if (args.all === true) return { kind: 'issuer', ...common };
  if (args.hash !== undefined) return { kind: 'token', hash: args.hash, issuer, reason };
  return { kind: 'token', token: await readToken(process.stdin), issuer, reason };
}
