/**
 * A rule of an API: whoever meets all of its demands may call with the methods it covers. A demand left out is no
 * demand. `scopes` must all be held; of every other list one entry is enough.
 */
export interface RuleOptions {
  /** Methods that the rule covers, as written in the request line; `GET` covers `HEAD` too. Default: all. */
  readonly methods?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Client identifiers. They mean nothing without their issuer: name it in `issuers` where an API accepts several, or ask for `consumers`. */
  readonly clients?: readonly string[] | undefined;
  /** Subjects, likewise within their issuer. */
  readonly subjects?: readonly string[] | undefined;
  /** Names of consumers in the configuration: clients, each of its issuer. */
  readonly consumers?: readonly string[] | undefined;
  /** Names of issuers in the configuration. */
  readonly issuers?: readonly string[] | undefined;
  /** A CEL expression over `principal` and `request` that must be true. */
  readonly when?: string | undefined;
}
