/** The Fetch standard's CORS protocol, answered by the gateway. */
export interface CorsOptions {
  /** Exact origins, as browsers send them: `https://app.example.com`. */
  readonly origins: readonly string[];
  /** Default: GET, HEAD, POST, PUT, PATCH, DELETE. */
  readonly methods?: readonly string[] | undefined;
  /** Request headers that scripts may set. Default: authorization, content-type. */
  readonly headers?: readonly string[] | undefined;
  /** Response headers that scripts may read. Default: x-request-id, www-authenticate. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Cookies and the like. Default false: tokens travel in a header that scripts set. */
  readonly credentials?: boolean | undefined;
  /** How long a browser may remember the preflight's answer, in seconds. Default 600 (10 min). */
  readonly maxAgeSeconds?: number | undefined;
}
