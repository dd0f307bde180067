// A revocation that is dropped too early gives its tokens back. What a gateway drops must never be missed: one whose
// clock is fast drops it, one whose clock is slow still lets tokens in, and some tokens do not say when they were issued.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planRevocation } from '../../src/admin/revocations/plan-revocation.ts';
import type { RevocationInput } from '../../src/admin/revocations/revocation-input.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import type { Principal } from '../../src/protocol/principal.ts';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { aJwt, aSigningKey, expectation, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';
import { aPrincipal } from '../fixtures/a-principal.ts';
import { aProtectedApi } from '../fixtures/a-protected-api.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const key = aSigningKey('EdDSA');
const keySet = keySetOf(key);
const start = 1_790_000_000;
const [hour, year] = [3600, 365 * 24 * 3600];
/** Milliseconds: as far as the clock of a gateway may be from the right one. */
const drift = 30_000;

const issuers = fc.record({
  maxLifetimeSeconds: fc.constantFrom(undefined, 60, hour, 5 * year),
  leewaySeconds: fc.constantFrom(0, 5, 300),
  /** Of a gateway that is configured by somebody else. */
  leewayElsewhere: fc.constantFrom(0, 5, 300),
});

/** In seconds; the clock of the issuer is ahead by a part of the leeway, or behind. */
const tokens = fc.record({
  made: fc.nat(1000),
  aheadBy: fc.constantFrom(-1, 0, 0.5, 1),
  saysWhen: fc.boolean(),
  lives: fc.constantFrom(30, 60, hour, 4 * year, 5 * year, 5 * year + 1, 11 * year, 40 * year, 8e9),
});

const revocations = fc.record({
  by: fc.constantFrom('token', 'hash', 'jti', 'subject', 'issuer'),
  /** Seconds after the token was made. */
  after: fc.nat(100),
  /** Seconds from then. */
  before: fc.option(fc.integer({ min: -100, max: 100 }), { nil: undefined }),
});

type Asked = typeof revocations extends fc.Arbitrary<infer Value> ? Value : never;

function inputOf({ by, before }: Asked, token: string, at: number): RevocationInput {
  if (by === 'token') return { kind: by, token };
  const issuer = 'acme';
  if (by === 'hash') return { kind: 'token', hash: sha256Hex(token), issuer };
  if (by === 'jti') return { kind: by, issuer, value: 'jti-1' };
  const cutOff = before === undefined ? undefined : at + before;
  return by === 'issuer' ? { kind: by, issuer, before: cutOff } : { kind: by, issuer, value: 'mira', before: cutOff };
}

test('No token comes back when its revocation is dropped, whatever it says of its life.', async () => {
  await fc.assert(
    fc.asyncProperty(issuers, tokens, revocations, async ({ leewayElsewhere, ...bounds }, token, asked) => {
      const acme = anIssuer('acme', expectation.issuers[0]);
      const issuer = { ...acme, expectation: { ...expectation, ...bounds } };
      const made = start + token.made;
      const iat = token.saysWhen ? made + token.aheadBy * leewayElsewhere : undefined;
      const exp = (iat ?? made) + token.lives;
      const jwt = aJwt(key, { iat, exp, jti: 'jti-1' });
      const at = made + asked.after;
      const context = {
        issuers: [issuer],
        self: aProtectedApi([]),
        provider: undefined,
        now: at * 1000,
        actor: 'test',
      };
      const plan = await planRevocation(inputOf(asked, jwt, at), context);
      if (!plan.ok) return; // It has expired.

      const principal: Principal = aPrincipal({
        issuer: acme.identifier,
        tokenHash: sha256Hex(jwt),
        tokenId: 'jti-1',
        issuedAt: iat,
      });
      const entries = plan.entries.map((entry, n) => ({ ...entry, at: at * 1000, seq: n + 1 }));
      const [kept, purged] = [new RevocationIndex(), new RevocationIndex()];
      kept.apply(entries);
      purged.apply(entries);
      const ends = [exp * 1000 + drift, ...entries.map(({ expiresAt }) => expiresAt)];
      const moments = ends
        .flatMap((end) => [-100_000, -drift, 0, drift, 100_000, hour * 1000, year * 1000].map((more) => end + more))
        .filter((moment) => moment >= at * 1000)
        .sort((one, other) => one - other);
      for (const moment of moments) {
        await purged.purge(moment + drift);
        const elsewhere = { ...issuer.expectation, leewaySeconds: leewayElsewhere };
        if (outcome(verify(jwt, keySet, elsewhere, moment - drift)) !== 'accepted') continue;
        assert.deepEqual(purged.match(principal), kept.match(principal));
      }
    }),
    { numRuns: 1000 },
  );
});
