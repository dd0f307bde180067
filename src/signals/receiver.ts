import type { Issuer, KeySource } from '../issuers/index.ts';
import type { AlgorithmName } from '../tokens/index.ts';
import type { SignalEventName } from './events/event-types.ts';

/** Who may send signals, and how that is proved. */
export interface Trust {
  /** Accepted `iss`, to the letter. */
  readonly issuers: readonly string[];
  readonly algorithms: readonly AlgorithmName[];
  readonly leewaySeconds: number;
  readonly keys: Pick<KeySource, 'current' | 'refresh'>;
}

/** By which claims of the tokens the subjects of events are found. */
export interface SubjectRules {
  /**
   * Formats of RFC 9493 whose value is what the issuer's tokens are revoked by as their subject. What is not here is
   * refused: a name that no token has would revoke nothing, and say that it did.
   */
  readonly formats: ReadonlySet<SubjectFormat>;
  /**
   * Whether access tokens name the session that events name. Where they do not, an event about a session of someone
   * ends all that person's tokens: less would leave those of the session alive.
   */
  readonly sessionInTokens: boolean;
}

/** What can stand for the subject of a token; `email` only where it is said that it does. */
export const subjectFormats = ['iss_sub', 'opaque', 'email'] as const;

export type SubjectFormat = (typeof subjectFormats)[number];

/** Where signals of one sender arrive, and whose tokens die by them. Frozen. */
export interface Receiver {
  /** The name in the configuration: part of its paths, and of who revokes. */
  readonly name: string;
  /** Whose tokens die. */
  readonly issuer: Issuer;
  readonly trust: Trust;
  readonly subjects: SubjectRules;
  /** Events that revoke; others are taken note of. */
  readonly events: ReadonlySet<SignalEventName>;
  /** Security Event Tokens; none are taken where it is undefined. */
  readonly sets: SetRules | undefined;
  readonly logout: LogoutRules | undefined;
  readonly globalRevocation: GlobalRevocationRules | undefined;
}

export interface SetRules {
  /** Accepted `aud`; one is enough. */
  readonly audiences: readonly string[];
  /** Accepted `typ`, in lower case without `application/`; undefined: absent. */
  readonly types: readonly (string | undefined)[];
  readonly push: { readonly authorization: string | undefined } | undefined;
  readonly poll: PollRules | undefined;
}

export interface PollRules {
  readonly endpoint: string;
  /** The access token that the endpoint wants. */
  readonly token: string | undefined;
  /** Milliseconds between two polls that brought nothing. */
  readonly interval: number;
  /** Milliseconds that the transmitter may take to answer: a long poll. */
  readonly wait: number;
}

/** OpenID Connect Back-Channel Logout 1.0. */
export interface LogoutRules {
  /** Client ids under which we, or our clients, are registered at the issuer. */
  readonly clients: readonly string[];
}

/** draft-parecki-oauth-global-token-revocation. */
export interface GlobalRevocationRules {
  /** Accepted `aud`: the URL of the endpoint, as the sender was given it. */
  readonly audiences: readonly string[];
  /** Accepted `sub` of the sender's JWT: the client ids or application ids there; undefined: any. */
  readonly callers: readonly string[] | undefined;
}
