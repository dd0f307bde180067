import type { EpochMs } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';

/** Someone whom a federated issuer knows, and whom we know since they came from there. */
export interface LinkedAccount {
  /** `sub` in our tokens: made at random, no part of it taken from the issuer. */
  readonly subject: string;
  /** `iss`, to the letter. */
  readonly issuer: string;
  /** `sub` in the issuer's tokens, to the letter. */
  readonly issuerSubject: string;
  /** What the issuer said of the person last, under our names. */
  readonly claims: JsonObject;
  readonly linkedAt: EpochMs;
  /** When they last signed in here; undefined where only a token of theirs was ever seen. */
  readonly lastSignIn: EpochMs | undefined;
}

/** What is known of someone at this moment. */
export interface LinkFacts {
  readonly at: EpochMs;
  /** Whether they signed in here; a token of theirs that was exchanged is no sign-in. */
  readonly signedIn: boolean;
  /** Replaces what was known; undefined leaves it. */
  readonly claims: JsonObject | undefined;
}

/**
 * PORT. Who is who, by issuer and subject together: neither an email address nor a name ever makes two people one. A
 * link is for ever, since a subject must never be given to anybody else (OpenID Connect Core section 2, `sub`). Durable
 * before a method resolves; rejects when the store cannot be asked.
 */
export interface AccountLinkStore {
  /** Finds or makes the account; of many callers at once, in whatever process, all get the same subject. */
  link(issuer: string, issuerSubject: string, facts: LinkFacts): Promise<LinkedAccount>;
  /** @param subject ours, not the issuer's */
  find(subject: string): Promise<LinkedAccount | undefined>;
  /** Makes none. */
  findByIssuer(issuer: string, issuerSubject: string): Promise<LinkedAccount | undefined>;
}
