/** A JSON value (RFC 8259 section 3) as a strict parser returns it: no duplicate members, numbers finite. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Objects have a null prototype, so that `__proto__` and `constructor` are only names. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
