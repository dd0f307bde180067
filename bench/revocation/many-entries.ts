import { sha256Hex } from '../../src/base/sha256.ts';
import type { Principal } from '../../src/protocol/principal.ts';
import type { Revocation, RevocationKind } from '../../src/revocation/index.ts';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';

/** A kind of entry that comes in numbers; the last is a subject that is narrowed to a client. */
type Sort = Extract<RevocationKind, 'token' | 'jti' | 'subject' | 'session'> | 'narrowed';

interface Mixture {
  /** In turn. */
  readonly sorts: readonly Sort[];
  /** How many issuers the entries are of, in equal parts. */
  readonly issuers: number;
}

/** What a log may hold. */
export const mixtures = {
  usual: { sorts: ['token', 'token', 'jti', 'subject', 'session'], issuers: 1 },
  token: { sorts: ['token'], issuers: 1 },
  jti: { sorts: ['jti'], issuers: 1 },
  subject: { sorts: ['subject'], issuers: 1 },
  narrowed: { sorts: ['narrowed'], issuers: 1 },
  session: { sorts: ['session'], issuers: 1 },
  '10 issuers': { sorts: ['token', 'jti', 'subject', 'narrowed', 'session'], issuers: 10 },
  '100 issuers': { sorts: ['token', 'jti', 'subject', 'narrowed', 'session'], issuers: 100 },
} as const satisfies Readonly<Record<string, Mixture>>;

export type MixtureName = keyof typeof mixtures;

const at = 1_790_000_000_000;

/** Entries of a mixture from a number on: no two of the same number, none twice. */
export function entriesOf(mixture: MixtureName, first: number, count: number): readonly Revocation[] {
  return Array.from({ length: count }, (_, n) => entryOf(mixtures[mixture], first + n));
}

function entryOf({ sorts, issuers }: Mixture, n: number): Revocation {
  const sort = sorts[n % sorts.length] ?? 'token';
  const kind = sort === 'narrowed' ? 'subject' : sort;
  return {
    seq: n + 1,
    at,
    issuer: issuerOf(n, issuers, sorts.length),
    kind,
    value: kind === 'token' ? sha256Hex(`token ${n}`) : `${kind} ${n}`,
    client: sort === 'narrowed' ? 'reporting' : undefined,
    before: kind === 'subject' || kind === 'session' ? at / 1000 : undefined,
    expiresAt: at + 86_400_000,
    actor: 'bench',
  };
}

/** Of each issuer, entries of every sort. */
function issuerOf(n: number, issuers: number, sorts: number): string {
  const number = Math.floor(n / sorts) % issuers;
  return number === 0 ? 'https://acme.example' : `https://acme-${number}.example`;
}

/** The caller whom the entry of that number hits. */
export function tokenOf(mixture: MixtureName, n: number): Principal {
  const { sorts, issuers } = mixtures[mixture];
  const facts = {
    tokenHash: sha256Hex(`token ${n}`),
    tokenId: `jti ${n}`,
    subject: `subject ${n}`,
    session: `session ${n}`,
  };
  return aPrincipal({ issuer: issuerOf(n, issuers, sorts.length), issuedAt: at / 1000, ...facts });
}
