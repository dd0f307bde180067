import type { JsonObject } from '../base/json.ts';

export type { Json, JsonObject } from '../base/json.ts';

/** The claims of a token (RFC 7519 section 4): a JWT's payload, or what the issuer of an opaque token says of it. */
export type Claims = JsonObject;
