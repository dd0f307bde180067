/** The checks of the journey, in the order in which they run. Every rejection names the one that failed. */
export const checks = [
  'request',
  'credential',
  'structure',
  'decryption',
  'decoding',
  'key',
  'signature',
  'introspection',
  'claims',
  'expiry',
  'revocation',
  'binding',
  'policy',
  'upstream',
] as const;

export type Check = (typeof checks)[number];
