import { Command, InvalidArgumentError, Option } from 'commander';
import { adminClient } from './admin-client.ts';
import { configOption, readConfig } from './config-option.ts';
import { printable } from './printable.ts';
import { readToken } from './read-secret.ts';
import { type RevocationOptions, revocationRequest } from './revocation-request.ts';

interface Revoked {
  readonly items: readonly RevokedEntry[];
}

interface RevokedEntry {
  readonly seq: number;
  readonly kind: string;
  readonly issuer: string;
  readonly value: string;
  readonly before?: string;
}

/** Revokes the token on standard input, or all tokens that an option names. */
export function revokeCommand(): Command {
  return new Command('revoke')
    .addOption(configOption())
    .option('--issuer <name>', 'whose tokens; needed for everything but a token that says so itself')
    .option('--hash <sha256>', 'a token by its SHA-256, as logs show it')
    .option('--jti <id>', 'a token by its `jti`')
    .option('--subject <sub>', 'all tokens of a subject; with --client, only those that this client holds')
    .option('--client <id>', 'all tokens of a client')
    .option('--session <sid>', 'all tokens of a session')
    .option('--key <kid>', 'all tokens signed by a key')
    .option('--all', 'all tokens of the issuer')
    .addOption(
      new Option('--before <time>', 'tokens issued at or before this time, ISO 8601; now by default').argParser(
        isoTime,
      ),
    )
    .option('--reason <text>', 'for the audit log')
    .action(async ({ config: file, ...options }: RevocationOptions & { readonly config: string }) => {
      const config = await readConfig(file);
      const request = revocationRequest(options, config) ?? (await tokenRequest(options));
      const admin = await adminClient(config);
      const { items } = await admin.post<Revoked>('/revocations', request);
      process.stdout.write(`revoked: ${describe(items)}\n`);
    });
}

async function tokenRequest({ issuer, reason }: RevocationOptions): Promise<object> {
  return { kind: 'token', token: await readToken(process.stdin), issuer, reason };
}

function isoTime(text: string): string {
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write a time such as 2026-11-24T08:00:00Z.');
  return new Date(time).toISOString();
}

/** A token may take two entries: one for each signature that is good for it. */
function describe(entries: readonly RevokedEntry[]): string {
  const numbers = `${entries.length === 1 ? 'entry' : 'entries'} ${entries.map(({ seq }) => seq).join(', ')}`;
  const whats = new Set(entries.map(whatDied));
  return `${[...whats].join(' and ')} (${numbers} of the log)`;
}

function whatDied({ kind, issuer, value, before }: RevokedEntry): string {
  const until = before === undefined ? '' : ` issued until ${before}`;
  if (kind === 'token') return `the token, of ${issuer}`;
  if (kind === 'jti') return `the token with jti ${printable(value)}, of ${issuer}`;
  return `all tokens${kind === 'issuer' ? '' : ` of ${kind} ${printable(value)}`} from ${issuer}${until}`;
}
