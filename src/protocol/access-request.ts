/** What the journey needs to know of a request, already canonical: the route and the upstream see the same. */
export interface AccessRequest {
  /** As sent; methods are case-sensitive (RFC 9110 section 9.1). */
  readonly method: string;
  /** Host without port, lower case. */
  readonly host: string;
  /** Canonical path, beginning with `/`. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
  /** Every `Authorization` field of the request, in order. */
  readonly authorization: readonly string[];
  /** A header as the upstream will read it, its values joined by commas where it was sent twice; lower-case name. */
  header(name: string): string | undefined;
}
