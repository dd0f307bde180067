import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aJwe, anEncryptionKey } from '../../test/fixtures/a-jwe.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { type AskedIssuer, anAskedIssuer } from '../../test/fixtures/an-asked-issuer.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { sha256Hex } from '../base/sha256.ts';
import { createStoreVerifier, generateOpaqueToken } from '../opaque/index.ts';
import { compilePolicy } from '../policy/index.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse } from '../protocol/verdict.ts';
import { type Revocation, RevocationIndex } from '../revocation/index.ts';
import type { DecryptionKey } from '../tokens/index.ts';
import { type Consumers, createConsumers } from './consumers.ts';
import type { Decision } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * Whatever was asked before, of whichever API, under whichever configuration and at whatever time: a gate with a memory
 * decides as one without.
 */
const claims = currentClaims();
const seconds = claims.exp - 600;
const now = seconds * 1000;
const pairs = [anEncryptionKey('P-256', 'enc-0'), anEncryptionKey('P-256', 'enc-1')];
/** As many as are tried at most. */
const many = Array.from({ length: 4 }, () => anEncryptionKey().key);

/** A word that is good until the next one holds: a cold gate hears the same, for the issuer's answers are remembered too. */
const phase = fc.record({
  lasts: fc.integer({ min: 1, max: 300 }),
  says: fc.constantFrom('active', 'inactive', 'out of reach'),
});
type Phase = typeof phase extends fc.Arbitrary<infer Value> ? Value : never;
const phases = fc.array(phase, { minLength: 1, maxLength: 3 });

/** A history in which nothing is ever let in tells little. */
function mostly<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const api = fc.record({
  issuers: fc.shuffledSubarray(['acme', 'other'] as const, { minLength: 1 }),
  isAsked: mostly(false, true),
  opaque: fc.shuffledSubarray(['ours', 'first', 'second', 'picky'] as const, { minLength: 2 }),
  askInOrder: fc.boolean(),
  graceMs: fc.constantFrom(0, 60_000),
  consumer: mostly<ProtectedApi['consumer']>('any', 'known', ['partner'], ['else']),
  scope: mostly('orders:read', 'orders:write'),
});
type ApiSettings = typeof api extends fc.Arbitrary<infer Value> ? Value : never;

const settings = {
  apis: fc.array(api, { minLength: 2, maxLength: 3 }),
  acmeKeys: fc.shuffledSubarray(['many', 'enc-0', 'enc-1'] as const),
  otherKeys: fc.shuffledSubarray(['many', 'enc-0', 'enc-1'] as const),
  consumers: mostly('partner', 'nobody', 'partner, blocked'),
};
const configuration = fc.record(settings);
type Configuration = typeof configuration extends fc.Arbitrary<infer Value> ? Value : never;

const event = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      token: fc.nat(2),
      at: fc.oneof(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 0, max: 700 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reload' as const), changed: fc.record(settings, { requiredKeys: [] }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rotate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), token: fc.nat(2) }) },
);

/** Issuers of every kind, and tokens of each. */
async function aWorld(words: readonly (readonly Phase[])[], isSlow: boolean) {
  const [acme, other, ours] = [anIssuer('acme'), anIssuer('other'), anIssuer('provider')];
  const asked = {
    acme: anAskedIssuer('acme', { identifier: acme.identifier }),
    first: anAskedIssuer('first'),
    second: anAskedIssuer('second'),
    picky: anAskedIssuer('picky', { recognises: (token) => token.startsWith('picky') }),
  };
  const gho = generateOpaqueToken();
  const record = { claims: { ...claims, iss: ours.identifier }, expiresAt: claims.exp * 1000 };
  const store = { find: (hash: string) => (hash === sha256Hex(gho) ? record : undefined) };
  const verifier = createStoreVerifier({ store, issuerName: 'provider', issuer: ours.identifier });
  const signed = [acme.sign(claims), acme.sign({ ...claims, exp: seconds + 90 }), other.sign(claims)];
  const sealed = await Promise.all(signed.flatMap((jws) => pairs.map((pair) => aJwe(pair, jws))));
  const shown = ['opaque', 'other-opaque', 'picky-opaque', ...signed.slice(0, 2)];
  Object.values(asked).forEach((issuer, i) => {
    issuer.isSlow = isSlow;
    for (const [j, token] of shown.entries()) letSay(issuer, token, words[(i * shown.length + j) % words.length] ?? []);
  });
  const sources = { ...asked, ours: { verifier, issuer: ours, isOurs: true } };
  const issuers = new Map<string, typeof acme>();
  return { acme, other, issuers, sources, tokens: [...signed, ...sealed, ...shown.slice(0, 3), gho] };
}

function letSay(issuer: AskedIssuer, token: string, word: readonly Phase[]): void {
  issuer.says(token, (graceMs, at) => {
    let until = now;
    for (const { lasts, says } of word) {
      until += lasts * 1000;
      if (at >= until) continue;
      if (says === 'inactive') break;
      if (says === 'active') return issuer.vouch(token, claims, until, at);
      return graceMs === 0 ? refuse(rejection('issuer_unavailable')) : issuer.vouch(token, claims, at, at);
    }
    return refuse(rejection('token_inactive'));
  });
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** Issuers whose settings stay the same are taken over, as in a reload of the program. */
function reload(world: World, { apis, acmeKeys, otherKeys, consumers }: Configuration): readonly ProtectedApi[] {
  const clients = ['acme', 'first', 'provider'].map((issuer) => ({ issuer, client: 'web' }));
  const partner = { name: 'partner', clients, blocked: consumers === 'partner, blocked' };
  const directory = createConsumers(consumers === 'nobody' ? [] : [partner]);
  const issuers = { acme: holding(world, 'acme', acmeKeys), other: holding(world, 'other', otherKeys) };
  return apis.map((one) => protect(one, world, issuers, directory));
}

function holding(world: World, name: 'acme' | 'other', names: Configuration['acmeKeys']): World['acme'] {
  const identity = [name, ...names].join(' ');
  const decryptionKeys = names.flatMap((each) => (each === 'many' ? many : keyNamed(each)));
  const issuer = world.issuers.get(identity) ?? { ...world[name], decryptionKeys };
  world.issuers.set(identity, issuer);
  return issuer;
}

function keyNamed(name: string): DecryptionKey {
  return pairs.find(({ key }) => key.id === name)?.key ?? assert.fail();
}

function protect(
  { issuers: accepted, isAsked, opaque, scope, ...rest }: ApiSettings,
  { sources }: World,
  issuers: Pick<World, 'acme' | 'other'>,
  consumers: Consumers,
): ProtectedApi {
  const asksAcme = isAsked && accepted.includes('acme');
  const source = { ...sources.acme, issuer: issuers.acme };
  return aProtectedApi(
    accepted.map((name) => issuers[name]),
    {
      ...rest,
      introspected: new Map(asksAcme ? [[issuers.acme.identifier, source]] : []),
      opaque: opaque.map((name) => sources[name]),
      policy: compilePolicy([{ scopes: [scope] }]),
      consumers,
    },
  );
}

function told(decision: Decision): unknown {
  const { principal } = decision;
  const { tokenHash, nestedTokenHash, consumer, issuerName, kind } = principal ?? {};
  return [
    decision.granted ? 'granted' : decision.rejection.code,
    { tokenHash, nestedTokenHash, consumer, issuerName, kind },
  ];
}

type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** A gate with a memory, and for every question one without. */
function aComparison(world: World, first: Configuration, tokens: readonly string[]) {
  const index = new RevocationIndex();
  const access = aRealAccess(index);
  let current = first;
  let apis = reload(world, current);
  const tokenOf = (place: number): string => tokens[place % tokens.length] ?? assert.fail();
  const ask = async (token: string, at: number): Promise<void> => {
    const request = aRequest({ authorization: [`Bearer ${token}`] });
    for (const asked of apis) {
      const warm = await access.decide(asked, request, at);
      const cold = await aRealAccess(index).decide(asked, request, at);
      assert.deepEqual(told(warm), told(cold));
    }
  };
  return async (step: Event): Promise<void> => {
    switch (step.do) {
      case 'ask':
        return ask(tokenOf(step.token), now + step.at * 1000);
      case 'rotate':
        return world.acme.rotate();
      case 'revoke': {
        const facts = { issuer: world.acme.identifier, kind: 'token', value: sha256Hex(tokenOf(step.token)) } as const;
        const entry = { ...facts, seq: index.lastSeq + 1, at: now, expiresAt: now + 1e9, actor: 'test' };
        return index.apply([entry as Revocation]);
      }
      case 'reload':
        current = { ...current, ...step.changed } as Configuration;
        apis = reload(world, current);
    }
  };
}

test('for any history, the verdict with memory equals the verdict without', async () => {
  const words = fc.array(phases, { minLength: 20, maxLength: 20 });
  const places = fc.array(fc.nat(100), { minLength: 1, maxLength: 3 });
  const history = fc.array(event, { minLength: 20, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      configuration,
      words,
      fc.boolean(),
      places,
      history,
      async (first, said, isSlow, chosen, steps) => {
        const world = await aWorld(said, isSlow);
        const tokens = chosen.map((place) => world.tokens[place % world.tokens.length] ?? assert.fail());
        const compare = aComparison(world, first, tokens);
        for (const step of steps) await compare(step);
      },
    ),
    { numRuns: 25 },
  );
});
