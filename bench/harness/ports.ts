/** Fixed, so that the configurations of all systems can be files that anybody may read and start. */
export const ports = {
  /** The system under test, whichever it is. */
  system: 18080,
  provider: 18081,
  admin: 18082,
  /** The upstream, the issuer's documents, and what else is behind the systems. */
  upstream: 19000,
} as const;
