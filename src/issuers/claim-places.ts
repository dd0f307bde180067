/**
 * The way to a claim, one member name after the other: names may hold dots, colons and slashes
 * (`['resource_access', 'my.client', 'roles']`). `'*'` stands for every member of an object; what is found below it
 * is qualified by that member's name (`orders-api:read`).
 */
export type ClaimPath = readonly [string, ...string[]];

/** Where an issuer keeps what the principal needs. Of each list of paths the first that leads to a value counts. */
export interface ClaimPlaces {
  readonly subject: readonly ClaimPath[];
  readonly client: readonly ClaimPath[];
  readonly audience: readonly ClaimPath[];
  /** A space-delimited string (RFC 6749 section 3.3) or an array of scope tokens. */
  readonly scopes: readonly ClaimPath[];
  /** A string or an array of strings; here all paths count, not only the first. */
  readonly roles: readonly ClaimPath[];
  /** As for roles. */
  readonly groups: readonly ClaimPath[];
  readonly session: readonly ClaimPath[];
  readonly tokenId: readonly ClaimPath[];
}
