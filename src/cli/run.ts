import { Command, CommanderError } from 'commander';
import { StartupFailure } from '../app/index.ts';
import { adviseCommand } from './advise.ts';
import { checkCommand } from './check.ts';
import { CommandFailure } from './command-failure.ts';
import { explainCommand } from './explain.ts';
import { hashPasswordCommand } from './hash-password.ts';
import { issuersCommand } from './issuers.ts';
import { keysCommand } from './keys.ts';
import { revokeCommand } from './revoke.ts';
import { type Companions, startCommand } from './start.ts';
import { tokenCommand } from './token.ts';
import { version } from './version.ts';

export type { Companions } from './start.ts';

/**
 * Carries out a command line.
 *
 * @param companions what stands beside the program in the demo
 * @returns the exit code
 */
export async function run(args: readonly string[], companions: Companions): Promise<number> {
  const program = new Command('gatehouse')
    .description('One gate for every OAuth access token.')
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .addCommand(startCommand(companions))
    .addCommand(checkCommand())
    .addCommand(explainCommand())
    .addCommand(adviseCommand())
    .addCommand(tokenCommand())
    .addCommand(revokeCommand())
    .addCommand(keysCommand())
    .addCommand(issuersCommand())
    .addCommand(hashPasswordCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explainFailure(error);
  }
}

/** What a person can mend is one line; what they cannot is a bug and keeps its stack. */
function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  const isForeseen = error instanceof CommandFailure || error instanceof StartupFailure;
  const text = isForeseen ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`gatehouse: ${text}\n`);
  return 1;
}
