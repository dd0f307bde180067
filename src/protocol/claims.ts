/** A JSON value as a strict parser returns it: no duplicate members, numbers finite. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Objects have a null prototype, so that `__proto__` and `constructor` are only names. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** The claims of a token (RFC 7519 section 4): a JWT's payload, or what the issuer of an opaque token says of it. */
export type Claims = JsonObject;
