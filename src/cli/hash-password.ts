import { Command } from 'commander';
import { hashPassword } from '../base/password.ts';
import { readSecret } from './read-secret.ts';

/** Makes the value of `accounts[].password`. The password comes on standard input. */
export function hashPasswordCommand(): Command {
  return new Command('hash-password').action(async () => {
    process.stdout.write(`${await hashPassword(await readSecret(process.stdin, 'the password'))}\n`);
  });
}
