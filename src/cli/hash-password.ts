import { Command } from 'commander';
import { hashPassword } from '../provider/index.ts';
import { readSecret } from './read-secret.ts';

/** Makes the value of `accounts[].password`. The password comes on standard input. */
export function hashPasswordCommand(): Command {
  return new Command('hash-password')
    .description('hash a password from standard input, for `accounts[].password`')
    .action(async () => {
      process.stdout.write(`${await hashPassword(await readSecret(process.stdin, 'the password'))}\n`);
    });
}
