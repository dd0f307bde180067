import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { sha256Hex } from '../base/sha256.ts';
import { createStoreVerifier, generateOpaqueToken, type TokenRecord } from '../opaque/index.ts';
import { compilePolicy } from '../policy/index.ts';
import type { Claims } from '../protocol/claims.ts';
import { type Revocation, RevocationIndex } from '../revocation/index.ts';
import { staleServed } from './channels.ts';
import { createConsumers } from './consumers.ts';
import { createAccess } from './create-access.ts';
import type { Decision } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

const now = Date.parse('2026-09-21T14:00:00Z');
const seconds = now / 1000;
const audience = 'https://api.example.com/orders';

const goodClaims = {
  sub: 'mira',
  client_id: 'web',
  aud: audience,
  scope: 'orders:read',
  jti: 'j1',
  iat: seconds - 10,
  exp: seconds + 600,
};

/** A gate with two issuers, our own store of opaque tokens, and a revocation index that a test can write to. */
function aGate() {
  const acme = anIssuer('acme');
  const other = anIssuer('other');
  const ours = anIssuer('provider', 'https://gate.example');
  const records = new Map<string, TokenRecord>();
  let storeFails = false;
  const index = new RevocationIndex();
  let stale = false;
  const verifier = createStoreVerifier({
    issuerName: 'provider',
    issuer: ours.identifier,
    store: {
      find(hash) {
        if (storeFails) throw new Error('disk gone');
        return records.get(hash);
      },
    },
  });
  const api = (overrides: Partial<ProtectedApi> = {}): ProtectedApi => ({
    name: 'orders',
    audiences: [audience],
    issuers: new Map([
      [acme.identifier, acme],
      [ours.identifier, ours],
    ]),
    introspected: new Map(),
    opaque: [{ verifier, issuer: ours, isOurs: true }],
    askInOrder: false,
    graceMs: 0,
    statuses: new Map(),
    consumers: createConsumers([]),
    consumer: 'any',
    policy: compilePolicy([{ methods: ['GET'], scopes: ['orders:read'] }]),
    onStaleRevocations: 'refuse',
    ...overrides,
  });
  const revocations = { index, isStale: () => stale };
  const access = createAccess(revocations);
  let seq = 0;
  return {
    acme,
    other,
    ours,
    index,
    access,
    api,
    freshAccess: () => createAccess(revocations),
    issueOpaque(claims: Claims = goodClaims): string {
      const token = generateOpaqueToken();
      records.set(sha256Hex(token), {
        claims: { iss: ours.identifier, ...claims },
        expiresAt: Number(claims['exp']) * 1000,
      });
      return token;
    },
    revoke(entry: Partial<Revocation>): void {
      seq += 1;
      const whole = { seq, at: now, issuer: acme.identifier, expiresAt: now + 1e9, actor: 'test', ...entry };
      index.apply([whole as Revocation]);
    },
    failStore(): void {
      storeFails = true;
    },
    loseLog(): void {
      stale = true;
    },
  };
}

const bearing = (token: string, method = 'GET') => aRequest({ method, authorization: [`Bearer ${token}`] });

const codeOf = (decision: Decision): string => (decision.granted ? 'granted' : decision.rejection.code);

test('a good JWT is granted, and the second time without a promise and with the very same answer', async () => {
  const { access, api, acme } = aGate();
  const orders = api();
  const token = acme.sign(goodClaims);
  const first = await access.decide(orders, bearing(token), now);
  const second = access.decide(orders, bearing(token), now + 1);
  assert.ok(!(second instanceof Promise));
  assert.ok(first.granted && first === second);
  assert.equal(first.principal.subject, 'mira');
});

test('a good opaque token is granted, and makes the same principal as a JWT with the same claims', async () => {
  const { access, api, ours, issueOpaque } = aGate();
  const opaque = await access.decide(api(), bearing(issueOpaque()), now);
  const jwt = await access.decide(api(), bearing(ours.sign(goodClaims)), now);
  assert.ok(opaque.granted && jwt.granted);
  const { kind: _k1, tokenHash: _h1, keyId: _i1, ...first } = opaque.principal;
  const { kind: _k2, tokenHash: _h2, keyId: _i2, ...second } = jwt.principal;
  assert.deepEqual({ ...first, claims: { ...first.claims } }, { ...second, claims: { ...second.claims } });
});

const refusals: readonly [string, string, (gate: ReturnType<typeof aGate>) => string | { authorization: string[] }][] =
  [
    ['no Authorization header', 'credential_missing', () => ({ authorization: [] })],
    ['another scheme', 'credential_missing', () => ({ authorization: ['Basic YTpi'] })],
    [
      'two Authorization headers',
      'credential_ambiguous',
      (g) => ({ authorization: Array(2).fill(`Bearer ${g.acme.sign(goodClaims)}`) }),
    ],
    ['two tokens in one header', 'credential_malformed', () => ({ authorization: ['Bearer a, Bearer b'] })],
    ['a scheme without a token', 'credential_malformed', () => ({ authorization: ['Bearer'] })],
    ['two spaces before the token', 'credential_malformed', () => ({ authorization: ['Bearer  abc'] })],
    ['a token longer than the bound', 'token_too_long', () => 'a'.repeat(16 * 1024 + 1)],
    ['a string that nobody here issued', 'token_unrecognised', () => 'ya29.a0AfH6SMBx.y_z'],
    ['a JWE', 'token_encrypted', () => `${Buffer.from('{"alg":"dir","enc":"A128GCM"}').toString('base64url')}....`],
    ['a JWT with a part too many', 'token_parts_wrong', (g) => `${g.acme.sign(goodClaims)}.x`],
    ['a JWT of an issuer that is not accepted', 'issuer_not_accepted', (g) => g.other.sign(goodClaims)],
    [
      'an issuer that another one vouches for',
      'signature_invalid',
      (g) => g.other.sign({ ...goodClaims, iss: g.acme.identifier }, { kid: 'acme-0' }),
    ],
    ['a JWT without iss', 'issuer_not_accepted', (g) => g.acme.sign({ ...goodClaims, iss: undefined })],
    ['an unknown kid', 'key_unknown', (g) => g.acme.sign(goodClaims, { kid: '__proto__' })],
    ['an expired JWT', 'token_expired', (g) => g.acme.sign({ ...goodClaims, exp: seconds - 6 })],
    ['an expired opaque token', 'token_expired', (g) => g.issueOpaque({ ...goodClaims, exp: seconds - 6 })],
    ['an unknown opaque token', 'token_inactive', () => generateOpaqueToken()],
    ['a mistyped opaque token', 'token_mistyped', (g) => g.issueOpaque().replace(/.$/, (c) => (c === 'a' ? 'b' : 'a'))],
    ['a JWT for another audience', 'audience_mismatch', (g) => g.acme.sign({ ...goodClaims, aud: `${audience}/` })],
    ['an opaque token for another audience', 'audience_mismatch', (g) => g.issueOpaque({ ...goodClaims, aud: 'x' })],
    ['a JWT without the scope', 'scope_insufficient', (g) => g.acme.sign({ ...goodClaims, scope: 'orders:readonly' })],
    ['an opaque token without the scope', 'scope_insufficient', (g) => g.issueOpaque({ ...goodClaims, scope: 'x' })],
    ['a DPoP-bound JWT', 'binding_unsupported', (g) => g.acme.sign({ ...goodClaims, cnf: { jkt: 'x' } })],
    [
      'a token bound in an unknown way',
      'binding_unsupported',
      (g) => g.issueOpaque({ ...goodClaims, cnf: { new: 'x' } }),
    ],
    [
      'an unbound token presented as DPoP-bound',
      'binding_unsupported',
      (g) => ({ authorization: [`DPoP ${g.issueOpaque()}`] }),
    ],
  ];

for (const [what, code, make] of refusals) {
  test(`${what} is refused as ${code}, the first time and the second`, async () => {
    const gate = aGate();
    const made = make(gate);
    const request = typeof made === 'string' ? bearing(made) : aRequest(made);
    assert.equal(codeOf(await gate.access.decide(gate.api(), request, now)), code);
    assert.equal(codeOf(await gate.access.decide(gate.api(), request, now)), code);
    assert.equal(
      gate.access.remembered === 0,
      !['audience_mismatch', 'scope_insufficient', 'binding_unsupported'].includes(code),
    );
  });
}

test('a token in the query is refused even beside one in the header', async () => {
  const { access, api, acme } = aGate();
  const request = { ...bearing(acme.sign(goodClaims)), query: 'a=1&access_token=x' };
  assert.equal(codeOf(await access.decide(api(), request, now)), 'credential_in_query');
});

test('a method that no rule covers is refused', async () => {
  const { access, api, acme } = aGate();
  assert.equal(codeOf(await access.decide(api(), bearing(acme.sign(goodClaims), 'DELETE'), now)), 'rule_missing');
});

test('a remembered token dies with its revocation, of whatever kind', async () => {
  const kinds: Partial<Revocation>[] = [
    { kind: 'jti', value: 'j1' },
    { kind: 'subject', value: 'mira', before: seconds },
    { kind: 'client', value: 'web', before: seconds },
    { kind: 'session', value: 's1', before: seconds },
    { kind: 'key', value: 'acme-0', before: seconds },
    { kind: 'issuer', value: 'https://acme.example', before: seconds },
  ];
  for (const kind of kinds) {
    const { access, api, acme, revoke } = aGate();
    const token = acme.sign({ ...goodClaims, sid: 's1' });
    assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
    revoke({ ...kind, issuer: 'https://other.example' });
    assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
    revoke(kind);
    assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'token_revoked', String(kind.kind));
  }
});

test('a remembered opaque token dies with the revocation of its hash', async () => {
  const { access, api, ours, issueOpaque, revoke } = aGate();
  const token = issueOpaque();
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
  revoke({ issuer: ours.identifier, kind: 'token', value: sha256Hex(token) });
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'token_revoked');
});

test('a revocation that begins later leaves a token alive until then, remembered or not', async () => {
  const { access, api, acme, revoke } = aGate();
  const token = acme.sign(goodClaims);
  revoke({ kind: 'token', value: sha256Hex(token), from: now + 5_000 });
  assert.equal(codeOf(await access.decide(api(), bearing(token), now + 4_999)), 'granted');
  assert.equal(codeOf(await access.decide(api(), bearing(token), now + 5_000)), 'token_revoked');
});

test('a remembered token dies with the key that vouched for it', async () => {
  const { access, api, acme } = aGate();
  const token = acme.sign(goodClaims);
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
  acme.rotate();
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'key_unknown');
  assert.equal(codeOf(await access.decide(api(), bearing(acme.sign(goodClaims)), now)), 'granted');
});

test('a remembered token is refused by an API that does not accept its issuer', async () => {
  const { access, api, acme, ours, issueOpaque } = aGate();
  const opaque = issueOpaque();
  for (const token of [acme.sign(goodClaims), ours.sign(goodClaims), opaque]) {
    assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
  }
  const closed = api({ issuers: new Map(), opaque: [] });
  assert.equal(codeOf(await access.decide(closed, bearing(acme.sign(goodClaims)), now)), 'issuer_not_accepted');
  assert.equal(codeOf(await access.decide(closed, bearing(opaque), now)), 'token_unrecognised');
});

test('two issuers that use the same iss on two APIs never answer for one another', async () => {
  const { access, api, acme } = aGate();
  const twin = anIssuer('twin', acme.identifier);
  const token = acme.sign(goodClaims);
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
  const twins = api({ issuers: new Map([[acme.identifier, twin]]) });
  assert.equal(codeOf(await access.decide(twins, bearing(token), now)), 'key_unknown');
});

test('keys that are not at hand are fetched, and asked for once more when the kid is unknown', async () => {
  const { access, api, acme } = aGate();
  acme.hideKeys();
  assert.equal(codeOf(await access.decide(api(), bearing(acme.sign(goodClaims)), now)), 'granted');
  assert.equal(acme.refreshes(), 1);
});

test('a token without kid whose signature fits no key makes the issuer look for new keys', async () => {
  const { access, api, acme } = aGate();
  acme.rotateUnseen();
  const token = acme.sign(goodClaims, { kid: undefined });
  assert.equal(codeOf(await access.decide(api(), bearing(token), now)), 'granted');
  assert.equal(acme.refreshes(), 1);
});

test('keys that cannot be had are not held against the token', async () => {
  const { access, api, acme } = aGate();
  acme.loseKeys();
  assert.equal(codeOf(await access.decide(api(), bearing(acme.sign(goodClaims)), now)), 'keys_unavailable');
});

test('a token store that cannot be asked is not held against the token', async () => {
  const { access, api, issueOpaque, failStore } = aGate();
  failStore();
  assert.equal(codeOf(await access.decide(api(), bearing(issueOpaque()), now)), 'issuer_unavailable');
});

test('a gateway that lost the revocation log refuses or serves as the API says, and what it serves is announced', async (t) => {
  const { access, api, acme, loseLog } = aGate();
  const token = acme.sign(goodClaims);
  await access.decide(api(), bearing(token), now);
  const serving = api({ name: 'news', onStaleRevocations: 'serve' });
  const served: object[] = [];
  t.after(staleServed.listen((message) => served.push(message)));
  assert.equal(codeOf(await access.decide(serving, bearing(token), now)), 'granted');
  loseLog();
  const refused = await access.decide(api(), bearing(token), now);
  assert.ok(!refused.granted);
  assert.deepEqual([refused.rejection.code, refused.rejection.retryAfter], ['revocations_stale', 1]);
  assert.deepEqual(served, []);
  assert.equal(codeOf(await access.decide(serving, bearing(token), now)), 'granted');
  assert.deepEqual(served, [{ api: 'news' }]);
});

test('who waits for revocations is woken by each, until they wait no more', () => {
  const { access, revoke } = aGate();
  let wakes = 0;
  const stop = access.onRevocation(() => wakes++);
  revoke({ kind: 'subject', value: 'ada' });
  stop();
  revoke({ kind: 'subject', value: 'mira' });
  assert.equal(wakes, 1);
});

test('explain tells the checks of a JWT in order and where it fails', async () => {
  const { access, api, acme } = aGate();
  const token = acme.sign({ ...goodClaims, scope: 'none' });
  const told = await access.explain(api(), bearing(token), now);
  assert.deepEqual(
    told.steps.map((step) => `${step.check}: ${step.outcome}`),
    [
      'credential: passed',
      'structure: passed',
      'decoding: passed',
      'key: passed',
      'signature: passed',
      'claims: passed',
      'expiry: passed',
      'revocation: passed',
      'binding: passed',
      'policy: failed',
    ],
  );
  assert.equal(told.rejection?.code, 'scope_insufficient');
  assert.ok(!JSON.stringify({ ...told, principal: undefined }).includes(token.split('.')[2] ?? '-'));
});

test('explain tells of an opaque token that was looked up, and leaves out what only JWTs go through', async () => {
  const { access, api, issueOpaque } = aGate();
  const told = await access.explain(api(), bearing(issueOpaque()), now);
  assert.deepEqual(
    told.steps.map((step) => step.check),
    ['credential', 'structure', 'introspection', 'expiry', 'revocation', 'binding', 'policy'],
  );
  assert.ok(told.granted && told.steps.every((step) => step.outcome === 'passed'));
});

test('explain never takes from memory what the gateway remembers', async () => {
  const { access, api, acme } = aGate();
  const token = acme.sign(goodClaims);
  await access.decide(api(), bearing(token), now);
  const told = await access.explain(api(), bearing(token), now + 3_600_000);
  assert.equal(told.rejection?.code, 'token_expired');
});

/** Whatever happened before, a gate with a memory decides as one without. */
test('for any history, the verdict with memory equals the verdict without', async () => {
  const event = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('ask' as const),
        token: fc.nat(5),
        api: fc.nat(3),
        at: fc.integer({ min: -20, max: 700 }),
        method: fc.constantFrom('GET', 'POST'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('revoke' as const),
        kind: fc.constantFrom('jti', 'subject', 'client', 'key', 'issuer'),
        before: fc.integer({ min: -30, max: 30 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rotate' as const) }) },
  );
  const named: Record<string, string> = {
    jti: 'j1',
    subject: 'mira',
    client: 'web',
    key: 'acme-0',
    issuer: 'https://acme.example',
  };
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (history) => {
      const gate = aGate();
      const { acme, ours, other, access } = gate;
      const tokens = [
        acme.sign(goodClaims),
        acme.sign({ ...goodClaims, jti: 'j2', scope: 'orders:write', exp: seconds + 60 }),
        ours.sign({ ...goodClaims, nbf: seconds + 20 }),
        other.sign(goodClaims),
        gate.issueOpaque(),
        gate.issueOpaque({ ...goodClaims, aud: 'elsewhere' }),
      ];
      const apis = [
        gate.api(),
        gate.api({ policy: compilePolicy([{ scopes: ['orders:write'] }]) }),
        gate.api({ issuers: new Map([[other.identifier, other]]), opaque: [] }),
        gate.api({ audiences: ['elsewhere'] }),
      ];
      for (const step of history) {
        if (step.do === 'rotate') acme.rotate();
        else if (step.do === 'revoke') {
          gate.revoke({
            kind: step.kind as Revocation['kind'],
            value: named[step.kind] ?? '',
            before: seconds + step.before,
          });
        } else {
          const request = bearing(tokens[step.token] ?? '', step.method);
          const api = apis[step.api] ?? gate.api();
          const at = now + step.at * 1000;
          const warm = await access.decide(api, request, at);
          const cold = await gate.freshAccess().decide(api, request, at);
          assert.equal(codeOf(warm), codeOf(cold));
          assert.deepEqual(warm.principal?.tokenHash, cold.principal?.tokenHash);
        }
      }
    }),
    { numRuns: 150 },
  );
});
