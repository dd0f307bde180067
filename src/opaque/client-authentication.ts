import type { ClientKey } from './client-key.ts';

/** How we prove to an issuer's endpoint who asks (RFC 7662 section 2.1). */
export type ClientAuthentication =
  /** RFC 6749 section 2.3.1, in the Authorization header. */
  | { readonly method: 'client_secret_basic'; readonly clientId: string; readonly clientSecret: string }
  /** RFC 6749 section 2.3.1, in the body. */
  | { readonly method: 'client_secret_post'; readonly clientId: string; readonly clientSecret: string }
  /** RFC 7523 section 2.2. */
  | {
      readonly method: 'private_key_jwt';
      readonly clientId: string;
      readonly key: ClientKey;
      /** The `aud` of our assertions. Default: the issuer identifier. */
      readonly audience?: string;
    }
  /** An access token of ours for the endpoint. The client id only tells signed answers for us from others'. */
  | { readonly method: 'bearer'; readonly token: string; readonly clientId?: string }
  /** Nothing is proved; a public client says who it is. */
  | { readonly method: 'none'; readonly clientId?: string };
