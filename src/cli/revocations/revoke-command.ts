import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../base/duration.ts';
import { adminClient } from '../admin-client.ts';
import { configOption, readConfig } from '../config-option.ts';
import { readToken } from '../read-secret.ts';
import { timeArgument } from '../time-argument.ts';
import { confirmReach, hitsMany } from './confirm-reach.ts';
import { describeRevocation } from './describe-revocation.ts';
import { printReceipt } from './print-receipt.ts';
import type { ReceiptAnswer, RevocationAnswer } from './revocation-answers.ts';
import { type RevocationOptions, type RevocationRequest, revocationRequest } from './revocation-request.ts';

interface Revoked {
  readonly items: readonly RevocationAnswer[];
  readonly receipt?: ReceiptAnswer;
}

interface RevokeArguments extends RevocationOptions {
  readonly config: string;
  /** Milliseconds. */
  readonly wait?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Milliseconds: the admin API makes nobody wait for longer. */
const longestWait = 60_000;

const exitCodes = `
All tokens of an issuer, a client or a key, without --before, are revoked after a confirmation only: on a terminal it
says how many they are and asks; elsewhere it refuses without --yes.

Exit code: 0 where it is revoked, 1 where it is not or nobody could tell. With --wait, 0 where no gateway lets in any
more what was revoked, 2 where it is revoked but the receipt is incomplete.`;

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
      new Option(
        '--before <time>',
        'tokens issued at or before this time, ISO 8601; now by default, and the leeway of a foreign issuer',
      ).argParser(timeArgument),
    )
    .option('--reason <text>', 'for the audit log')
    .addOption(
      new Option('--wait <duration>', 'wait so long at most for every gateway, and print a receipt').argParser(waitOf),
    )
    .option('--yes', 'revoke many tokens without being asked')
    .option('--json', 'print JSON')
    .addHelpText('after', exitCodes)
    .action(revoke);
}

async function revoke({ config: file, wait, yes, json, ...options }: RevokeArguments): Promise<void> {
  const config = await readConfig(file);
  const request = revocationRequest(options, config) ?? (await tokenRequest(options));
  const admin = await adminClient(config);
  if (hitsMany(request) && yes !== true) {
    await confirmReach(request, admin, { input: process.stdin, output: process.stderr });
  }
  const body = wait === undefined ? request : { ...request, wait: wait / 1000 };
  const revoked = await admin.post<Revoked>('/revocations', body, wait);
  process.stdout.write(json === true ? `${JSON.stringify(revoked, null, 2)}\n` : printRevoked(revoked));
  if (revoked.receipt?.complete === false) process.exitCode = 2;
}

async function tokenRequest({ issuer, reason }: RevocationOptions): Promise<RevocationRequest> {
  const what = issuer === undefined ? 'the token' : 'the token (for all tokens of the issuer: --all)';
  return { kind: 'token', token: await readToken(process.stdin, what), issuer, reason };
}

function waitOf(text: string): number {
  const wait = parseDuration(text);
  if (wait === undefined || wait > longestWait)
    throw new InvalidArgumentError('Write a duration such as 5s; at most 60s.');
  return wait;
}

/** A token may take two entries: one for each signature that is good for it. */
function printRevoked({ items, receipt }: Revoked): string {
  const numbers = `${items.length === 1 ? 'entry' : 'entries'} ${items.map(({ seq }) => seq).join(', ')}`;
  const whats = new Set(items.map(describeRevocation));
  const revoked = `revoked: ${[...whats].join(' and ')} (${numbers} of the log)\n`;
  return receipt === undefined ? revoked : revoked + printReceipt(receipt);
}
