import { decoyOf, type PasswordHash, parsePasswordHash, verifyPassword } from '../base/password.ts';
import type { JsonObject } from '../protocol/claims.ts';
import type { AccountLinkStore, LinkedAccount } from './ports/account-link-store.ts';

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
  /** What our pages call the person. */
  readonly username: string;
  readonly claims: JsonObject;
}

/** The people who can sign in: those of the configuration, and those who come from a federated issuer. */
export interface Accounts {
  /** Whether the configuration has any: whether there are passwords. */
  readonly local: boolean;
  /** Nobody whose issuer people cannot sign in at any more. */
  find(subject: string): Promise<Account | undefined>;
  byUsername(username: string): Account | undefined;
  /** Takes as long for a username that does not exist as for a wrong password. */
  signIn(username: string, password: string): Promise<Account | undefined>;
}

/** Those who come from elsewhere. */
export interface LinkedAccounts {
  readonly links: Pick<AccountLinkStore, 'find'>;
  /** The identifiers of the issuers that people can sign in at. */
  readonly issuers: ReadonlySet<string>;
}

/** Characters; hashing more would be work for an attacker's asking. */
const longestPassword = 1024;

export function createAccounts(options: readonly AccountOptions[], { links, issuers }: LinkedAccounts): Accounts {
  const accounts = options.map(accountOf);
  const bySubject = new Map(accounts.map((account) => [account.subject, account]));
  const byUsername = new Map(accounts.map((account) => [account.username, account]));
  const decoy = accounts[0] === undefined ? undefined : decoyOf(accounts[0].hash);
  return Object.freeze({
    local: accounts.length > 0,
    async find(subject: string) {
      const local = bySubject.get(subject);
      if (local !== undefined || issuers.size === 0) return local;
      const linked = await links.find(subject);
      return linked !== undefined && issuers.has(linked.issuer) ? accountOfLink(linked) : undefined;
    },
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

function accountOfLink({ subject, claims }: LinkedAccount): Account {
  const names = [claims['preferred_username'], claims['email'], claims['name']];
  const username = names.find((name) => typeof name === 'string' && name !== '') ?? subject;
  return { subject, username: String(username), claims };
}
