import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

interface AlgorithmFacts {
  /** For node:crypto's `sign`; null where the algorithm has its own. */
  readonly digest: 'sha256' | null;
  /** RFC 7518 section 3.4: an ECDSA signature is R and S, not DER. */
  readonly dsaEncoding?: 'ieee-p1363';
  generate(): Promise<{ readonly privateKey: KeyObject }>;
}

/** What our keys may sign with, and all there is to know about it. */
const signingAlgorithms = {
  ES256: {
    digest: 'sha256',
    dsaEncoding: 'ieee-p1363',
    generate: () => generate('ec', { namedCurve: 'P-256' }),
  },
  EdDSA: { digest: null, generate: () => generate('ed25519') },
  RS256: { digest: 'sha256', generate: () => generate('rsa', { modulusLength: 3072 }) },
} as const satisfies Record<string, AlgorithmFacts>;

export type SigningAlgorithm = keyof typeof signingAlgorithms;

export function isSigningAlgorithm(name: string): name is SigningAlgorithm {
  return Object.hasOwn(signingAlgorithms, name);
}

export function algorithmFacts(name: SigningAlgorithm): AlgorithmFacts {
  return signingAlgorithms[name];
}
