import type { ProtectedApi } from '../access/index.ts';
import type { CorsOptions } from './cors.ts';
import type { IdentityOptions } from './identity.ts';

/** Frozen, parsed values: durations in milliseconds, sizes in bytes. */
export interface GatewayOptions {
  /** Port 0 lets the system choose. Read once, by `listen`. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly apis: readonly GatewayApi[];
  /**
   * Addresses and CIDR ranges of the proxies in front of us: only they may say whom they speak for
   * (`X-Forwarded-*`, `Forwarded`, `X-Request-Id`) and ask for decisions. Default: none.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Where other proxies ask for decisions; takes precedence over every route. Default `/decide`. */
  readonly decisionPath?: string | undefined;
  /** For challenges that no API can be held responsible for. Default `gatehouse`. */
  readonly realm?: string | undefined;
  readonly limits?: GatewayLimits | undefined;
  readonly timeouts?: GatewayTimeouts | undefined;
}

/** What a request may weigh before it is known whom it is for. */
export interface GatewayLimits {
  /** Bytes of request line and headers together. Default 16384 (16 KiB). Read once, by `createGateway`. */
  readonly headerBytes?: number | undefined;
  /** Header fields. Default 100. */
  readonly headerCount?: number | undefined;
  /** Characters of the request target. Default 8192 (8 KiB; RFC 9112 section 3 asks for 8000 at least). */
  readonly targetLength?: number | undefined;
}

/** Read once, by `createGateway`. */
export interface GatewayTimeouts {
  /** Until a request's headers are complete. Default 10000 (10 s). */
  readonly headersMs?: number | undefined;
  /** How long an idle client connection is kept. Default 65000 (65 s). */
  readonly keepAliveMs?: number | undefined;
  /** How often streams and WebSockets that are still open are judged again. Default 5000 (5 s). */
  readonly reviewMs?: number | undefined;
}

/** An API as the gateway sees it: where it is, who may use it, where it is served. */
export interface GatewayApi {
  readonly protected: ProtectedApi;
  /** The protection space named in challenges (RFC 9110 section 11.5). Default: the gateway's. */
  readonly realm?: string | undefined;
  readonly route: RouteOptions;
  readonly upstream: UpstreamOptions;
  /** What the upstream is told about the caller. */
  readonly identity: IdentityOptions;
  /** Bytes of a request body. Default: no limit. */
  readonly maxBodyBytes?: number | undefined;
  readonly timeouts?: UpstreamTimeouts | undefined;
  /** Default: no CORS; preflights then need a token, as every other request does. */
  readonly cors?: CorsOptions | undefined;
}

export interface RouteOptions {
  /** `api.example.com` or `*.example.com` (any depth below). Default: every host. */
  readonly hosts?: readonly string[] | undefined;
  /** A canonical path; matches itself and what lies below it, by whole segments. */
  readonly path: string;
}

export interface UpstreamOptions {
  /** `http:` or `https:`; its path, if any, is put before the request's. */
  readonly url: string;
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string | undefined;
  /** Pass the client's `Host` on instead of the upstream's own. Default false. */
  readonly preserveHost?: boolean | undefined;
}

export interface UpstreamTimeouts {
  /** Until the upstream's connection stands. Default 5000 (5 s). */
  readonly connectMs?: number | undefined;
  /** From the request's last byte to the first of the answer. Default 60000 (60 s). */
  readonly firstByteMs?: number | undefined;
  /** Silence within a body, a stream of events or an upgraded connection. Default 300000 (5 min). */
  readonly idleMs?: number | undefined;
}
