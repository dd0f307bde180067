import { sha256Hex } from '../../src/base/sha256.ts';
import type { Principal } from '../../src/protocol/principal.ts';
import type { Revocation, RevocationKind } from '../../src/revocation/index.ts';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';

const issuer = 'https://acme.example';
const kinds: readonly RevocationKind[] = ['token', 'token', 'jti', 'subject', 'session'];
const at = 1_790_000_000_000;

/** Entries of one issuer, of the kinds that come in numbers: two of five name a token by its hash. */
export function entriesOfAllKinds(first: number, count: number): readonly Revocation[] {
  return Array.from({ length: count }, (_, n) => entryOf(first + n));
}

function entryOf(n: number): Revocation {
  const kind = kinds[n % kinds.length] ?? 'token';
  const value = kind === 'token' ? sha256Hex(`token ${n}`) : `${kind} ${n}`;
  const before = kind === 'subject' || kind === 'session' ? at / 1000 : undefined;
  return { seq: n + 1, at, issuer, kind, value, before, expiresAt: at + 86_400_000, actor: 'bench' };
}

/** The caller whom the entry of that number hits. */
export function tokenOf(n: number): Principal {
  const facts = {
    tokenHash: sha256Hex(`token ${n}`),
    tokenId: `jti ${n}`,
    subject: `subject ${n}`,
    session: `session ${n}`,
  };
  return aPrincipal({ issuer, issuedAt: at / 1000, ...facts });
}
