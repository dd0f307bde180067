/** The Gatehouse whose revocation log is followed from afar. */
export interface HubOptions {
  /** Of its admin API; https, but for loopback. */
  readonly url: string;
  /** Of its provider (RFC 6749 section 3.2); https, but for loopback. */
  readonly tokenEndpoint: string;
  /** A client there, with the grant `client_credentials` and the scope `gatehouse:follow`. */
  readonly client: { readonly id: string; readonly secret: string };
}
