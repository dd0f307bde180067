import type { AccessRequest } from '../protocol/access-request.ts';

/** The Fetch standard's CORS protocol, answered by the gateway. */
export interface CorsOptions {
  /** Exact origins, as browsers send them: `https://app.example.com`. */
  readonly origins: readonly string[];
  /** Default: GET, HEAD, POST, PUT, PATCH, DELETE. */
  readonly methods?: readonly string[] | undefined;
  /** Request headers that scripts may set. Default: authorization, content-type. */
  readonly headers?: readonly string[] | undefined;
  /** Response headers that scripts may read. Default: www-authenticate, x-request-id. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Cookies and the like. Default false: tokens travel in a header that scripts set. */
  readonly credentials?: boolean | undefined;
  /** How long a browser may remember the preflight's answer, in seconds. Default 600 (10 min). */
  readonly maxAgeSeconds?: number | undefined;
}

export interface Cors {
  /** The fields of the answer where the request is a preflight of an allowed origin: it needs no token. */
  preflight(request: AccessRequest): readonly string[] | undefined;
  /** The fields that every other answer carries, refusals too: without them a script could not read the reason. */
  fieldsFor(origin: string | undefined): readonly string[];
}

/** Answers vary with the origin even where there is none, or caches would mix them up. */
const vary = Object.freeze(['vary', 'Origin']);

export function createCors(options: CorsOptions): Cors {
  const shared = options.credentials === true ? ['access-control-allow-credentials', 'true'] : [];
  const granted = new Map(
    options.origins.map((origin) => [
      origin,
      Object.freeze([...vary, 'access-control-allow-origin', origin, ...shared, ...exposed(options)]),
    ]),
  );
  const permitted = new Map(
    options.origins.map((origin) => [
      origin,
      Object.freeze([...vary, 'access-control-allow-origin', origin, ...shared, ...permissions(options)]),
    ]),
  );
  return {
    preflight: (request) => (isPreflight(request) ? permitted.get(request.header('origin') ?? '') : undefined),
    fieldsFor: (origin) => granted.get(origin ?? '') ?? vary,
  };
}

/** Fetch standard, CORS-preflight request: OPTIONS with `Access-Control-Request-Method`. */
function isPreflight(request: AccessRequest): boolean {
  return request.method === 'OPTIONS' && request.header('access-control-request-method') !== undefined;
}

function exposed(options: CorsOptions): string[] {
  return ['access-control-expose-headers', (options.exposeHeaders ?? ['www-authenticate', 'x-request-id']).join(', ')];
}

function permissions(options: CorsOptions): string[] {
  const methods = options.methods ?? ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const headers = options.headers ?? ['authorization', 'content-type'];
  return [
    'access-control-allow-methods',
    methods.join(', '),
    'access-control-allow-headers',
    headers.join(', '),
    'access-control-max-age',
    String(options.maxAgeSeconds ?? 600),
  ];
}
