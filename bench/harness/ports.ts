/** Fixed, so that the configurations of all systems can be files that anybody may read and start. */
export const ports = {
  /** The system under test, whichever it is. */
  system: 18080,
  provider: 18081,
  admin: 18082,
  /** The service that nginx asks (auth_request). */
  service: 18083,
  /** The upstream, and the issuer's documents. */
  upstream: 19000,
  introspection: 19001,
} as const;
