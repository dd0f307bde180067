import { decoyOf, type PasswordHash, parsePasswordHash, verifyPassword } from '../base/password.ts';
import type { JsonObject } from '../protocol/claims.ts';

export interface AccountOptions {
  readonly username: string;
  /** As `hashPassword` writes it. */
  readonly password: string;
  /** `sub`. Default: the username. */
  readonly subject?: string | undefined;
  /** What we say of the person; `email` and its like follow OpenID Connect Core section 5.1. */
  readonly claims?: JsonObject | undefined;
}

export interface Account {
  readonly subject: string;
  readonly username: string;
  readonly claims: JsonObject;
}

/** The people who can sign in. */
export interface Accounts {
  bySubject(subject: string): Account | undefined;
  byUsername(username: string): Account | undefined;
  /** Takes as long for a username that does not exist as for a wrong password. */
  signIn(username: string, password: string): Promise<Account | undefined>;
}

/** Characters; hashing more would be work for an attacker's asking. */
const longestPassword = 1024;

export function createAccounts(options: readonly AccountOptions[]): Accounts {
  const accounts = options.map(accountOf);
  const bySubject = new Map(accounts.map((account) => [account.subject, account]));
  const byUsername = new Map(accounts.map((account) => [account.username, account]));
  const decoy = accounts[0] === undefined ? undefined : decoyOf(accounts[0].hash);
  return Object.freeze({
    bySubject: (subject: string) => bySubject.get(subject),
    byUsername: (username: string) => byUsername.get(username),
    async signIn(username: string, password: string) {
      const account = byUsername.get(username);
      const expected = account?.hash ?? decoy;
      if (expected === undefined || password.length > longestPassword) return undefined;
      return (await verifyPassword(password, expected)) ? account : undefined;
    },
  });
}

function accountOf({ username, password, subject = username, claims = {} }: AccountOptions): Account & {
  readonly hash: PasswordHash;
} {
  const hash = parsePasswordHash(password);
  if (hash === undefined) throw new TypeError(`the password of the account ${username} is no hash`);
  return Object.freeze({ username, subject, claims, hash });
}
