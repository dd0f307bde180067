import { Command, CommanderError } from 'commander';
import { ForeseenFailure } from '../base/foreseen-failure.ts';
import type { Companions } from './companions.ts';
import { version } from './version.ts';

interface Entry {
  readonly description: string;
  /** Only the command that is asked for is loaded: a short command does not wait for the whole program. */
  load(companions: Companions): Promise<Command>;
  /** Whether people are not told of it. */
  readonly isHidden?: true;
}

const commands: Readonly<Record<string, Entry>> = {
  start: {
    description: 'start the gateway, the provider and the admin API',
    load: async (companions) => (await import('./start.ts')).startCommand(companions),
  },
  check: {
    description: 'judge the configuration',
    load: async () => (await import('./check.ts')).checkCommand(),
  },
  explain: {
    description: 'tell what each check says of the token on standard input, and where it fails',
    load: async () => (await import('./explain.ts')).explainCommand(),
  },
  advise: {
    description: 'say for each API which token format it gets from the provider, and why',
    load: async () => (await import('./advise.ts')).adviseCommand(),
  },
  token: {
    description: 'get an access token from the provider, by client credentials',
    load: async () => (await import('./token.ts')).tokenCommand(),
  },
  revoke: {
    description: 'revoke the token on standard input, or all tokens of a subject, client, session, key or issuer',
    load: async () => (await import('./revocations/revoke-command.ts')).revokeCommand(),
  },
  revocations: {
    description: 'list what is revoked; show who revoked it, why, when, and where that is in force',
    load: async () => (await import('./revocations/revocations-command.ts')).revocationsCommand(),
  },
  gateways: {
    description: 'list the gateways, and how far each has followed the revocations',
    load: async () => (await import('./revocations/gateways-command.ts')).gatewaysCommand(),
  },
  keys: {
    description: "list the provider's signing keys, or rotate them",
    load: async () => (await import('./keys.ts')).keysCommand(),
  },
  issuers: {
    description: 'show how each issuer stands; try one, or find out what to configure for it',
    load: async () => (await import('./issuers/issuers-command.ts')).issuersCommand(),
  },
  lab: {
    description: 'serve identity providers in miniature, to try policies without an account anywhere',
    load: async (companions) => (await import('./lab.ts')).labCommand(companions),
  },
  worker: {
    description: 'be one of several gateway workers; `start` starts them',
    load: async () => (await import('./worker.ts')).workerCommand(),
    isHidden: true,
  },
  'hash-password': {
    description: 'hash a password from standard input, for `accounts[].password`',
    load: async () => (await import('./hash-password.ts')).hashPasswordCommand(),
  },
};

/**
 * Carries out a command line.
 *
 * @param companions what stands beside the program in the demo
 * @returns the exit code
 */
export async function run(args: readonly string[], companions: Companions): Promise<number> {
  const program = new Command('gatehouse').description('One gate for every OAuth access token.').version(version());
  // A command and what stands below it may both have an option of the same name.
  program.enablePositionalOptions();
  for (const [name, { description, load, isHidden: hidden = false }] of Object.entries(commands)) {
    const command = args.includes(name) ? await load(companions) : new Command(name);
    program.addCommand(command.description(description), { hidden });
  }
  sayFailuresOurWay(program, 'gatehouse');
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explainFailure(error);
  }
}

/** A command line that is not understood is refused like everything else: one line, with the remedy. */
function sayFailuresOurWay(command: Command, path: string): void {
  command.exitOverride().configureOutput({
    outputError(text, write) {
      const [reason] = text
        .replace(/^error: /, '')
        .replace(/\s+/g, ' ')
        .split(/[.]? *$/);
      write(`gatehouse: ${reason}. Remedy: see \`${path} --help\`\n`);
    },
  });
  for (const sub of command.commands) sayFailuresOurWay(sub, `${path} ${sub.name()}`);
}

/** What a person can mend is one line; what they cannot is a bug and keeps its stack. */
function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  const text = error instanceof ForeseenFailure ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`gatehouse: ${text}\n`);
  return 1;
}
