import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { anUpstream, type Upstream } from '../e2e/an-upstream.ts';
import { type RunningGatehouse, runGatehouse } from '../e2e/running-gatehouse.ts';
import { aJwt, aSigningKey, type SigningKey } from '../fixtures/a-jwt.ts';
import { createAuthority } from '../fixtures/certificates.ts';
import { type Answer, aFaultyIssuer, type FaultyIssuer, json } from './a-faulty-issuer.ts';
import { anOperator, type Operator } from './an-operator.ts';
import { audience, keyTimes, show } from './one-issuer-house.ts';

const key = aSigningKey('ES256', 'good');
const { kid: _, ...nameless } = aSigningKey('ES256', 'nameless').jwk;

let folder: string;
let upstream: Upstream;
/** One is looked after every second, the other as by default. */
let [watched, calm]: FaultyIssuer[] = [];
let published: { keys: readonly object[] } = { keys: [key.jwk] };
let house: RunningGatehouse;
let operator: Operator;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-'));
  const authority = createAuthority();
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.cert);
  [watched, calm] = await Promise.all([
    aFaultyIssuer(authority, () => published),
    aFaultyIssuer(authority, () => ({ keys: [key.jwk, nameless] })),
  ]);
  upstream = await anUpstream();
  house = await runGatehouse(
    (ports) => `
gateway: { listen: 127.0.0.1:${ports.gateway} }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider} }
admin: { listen: 127.0.0.1:${ports.admin} }
outbound: { ca: ${ca}, proxy: none, timeout: 2s }
issuers:
  watched: { issuer: ${watched?.issuer}, ${keyTimes} }
  calm: { issuer: ${calm?.issuer} }
apis:
  orders:
    audience: ${audience}
    route: { path: /orders }
    upstream: ${upstream.url}
    accept: [watched, calm]
    rules: [{ scopes: [orders:read] }]
`,
  );
  operator = await anOperator(house);
  await until('the first keys are there', async () => (await operator.keysOf('watched')).state === 'fresh');
});

after(async () => {
  await house?.remove();
  await Promise.all([watched?.close(), calm?.close(), upstream?.close()]);
  await rm(folder, { recursive: true, force: true });
});

function theIssuer(one: FaultyIssuer | undefined): FaultyIssuer {
  assert.ok(one !== undefined);
  return one;
}

interface Wish {
  readonly from: FaultyIssuer | undefined;
  readonly key?: SigningKey;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly iat?: number;
}

function token({ from, key: by = key, header = {}, iat = Math.floor(Date.now() / 1000) }: Wish): string {
  const claims = { iss: theIssuer(from).issuer, aud: audience, iat, exp: iat + 600, jti: randomUUID() };
  return aJwt(by, claims, header);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `not in time: ${what}`);
    await pause(50);
  }
}

const piece = Buffer.alloc(64 * 1024, ' ');
const html: Answer = (response) => response.setHeader('content-type', 'text/html').end('<!doctype html>');
/** In pieces, so that the first leaves before the last is encrypted. */
const fiftyMegabytes: Answer = (response) => {
  Readable.from(Array.from({ length: 50 * 16 }, () => piece)).pipe(response);
};
const missing: Answer = (response) => response.writeHead(404).end();
const document =
  (members: object): Answer =>
  (response) =>
    json(response, members);

/** What goes wrong, what the operator is told, and how it is brought about. */
const faults: readonly (readonly [string, string, (one: FaultyIssuer) => Partial<FaultyIssuer['answers']>])[] = [
  ['HTML instead of a key set', 'not_json', () => ({ keys: html })],
  ['HTML instead of a discovery document', 'not_json', () => ({ document: html })],
  [
    'a discovery document of another issuer',
    'discovery_issuer_mismatch',
    ({ issuer }) => ({ document: document({ issuer: `${issuer}/`, jwks_uri: `${issuer}/jwks` }) }),
  ],
  ['a key set of 50 MB', 'too_large', () => ({ keys: fiftyMegabytes })],
  [
    'a key set of 10,000 keys',
    'too_large',
    () => ({
      keys: document({ keys: Array.from({ length: 10_000 }, (_, kid) => ({ ...key.jwk, kid: `${kid}` })) }),
    }),
  ],
  [
    'a redirect to a metadata service',
    'redirect',
    () => ({ keys: (response) => response.writeHead(302, { location: 'http://169.254.169.254/keys' }).end() }),
  ],
  [
    'a key set at a metadata service',
    'forbidden_address',
    ({ issuer }) => ({ document: document({ issuer, jwks_uri: 'https://169.254.169.254/keys' }) }),
  ],
  ['a connection that breaks', 'connection_lost', () => ({ keys: (response) => response.socket?.destroy() })],
  ['an error', 'http_status', () => ({ keys: (response) => response.writeHead(500).end() })],
  ['no document any more', 'http_status', () => ({ document: missing, keys: missing })],
  [
    'answers that drip',
    'timeout',
    () => ({
      keys(response) {
        const timer = setInterval(() => response.write(' '), 100);
        response.once('close', () => clearInterval(timer));
      },
    }),
  ],
];

for (const [what, code, answers] of faults) {
  test(`${what}: requests with good keys go on, and the operator sees why`, async () => {
    const issuer = theIssuer(watched);
    issuer.answers = { ...issuer.well, ...answers(issuer) };
    await seenAndHarmless(code);
  });
}

test('an expired certificate: requests with good keys go on, and the operator sees why', async () => {
  const issuer = theIssuer(watched);
  issuer.answers = issuer.well;
  issuer.expire(true);
  await seenAndHarmless('tls_expired');
  issuer.expire(false);
  await until('the issuer is found again', async () => {
    await show(house, token({ from: watched, header: { kid: randomUUID() } }));
    return (await operator.keysOf('watched')).state === 'fresh';
  });
});

async function seenAndHarmless(code: string): Promise<void> {
  await until(`the operator sees ${code}`, async () => {
    // An unknown key has the issuer asked at once, and not only in the background.
    const unknown = await show(house, token({ from: watched, header: { kid: randomUUID() } }));
    assert.ok(unknown.status === 503 || unknown.code === 'key_unknown', JSON.stringify(unknown));
    assert.equal((await show(house, token({ from: watched }))).status, 200);
    return (await operator.keysOf('watched')).failure?.code === code;
  });
  const { state, failure, keys } = await operator.keysOf('watched');
  assert.equal(state, 'stale');
  assert.ok((failure?.remedy.length ?? 0) > 10);
  assert.deepEqual(
    keys.map(({ kid }) => kid),
    ['good'],
  );
  const isTold = (line: string): boolean => line.includes('keys not fetched') && line.includes(`"${code}"`);
  await until(`a line says ${code}`, async () => house.output().split('\n').some(isTold));
}

test('an issuer that flaps refuses nobody, and memory stays flat', async () => {
  const issuer = theIssuer(watched);
  const seen = token({ from: watched });
  let turn = 0;
  const flapping: readonly Answer[] = [
    issuer.well.keys,
    fiftyMegabytes,
    (response) => response.socket?.destroy(),
    html,
  ];
  issuer.answers = {
    ...issuer.well,
    keys: (response, request) => flapping[turn++ % flapping.length]?.(response, request),
  };
  const before = await operator.memory();
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline) {
    assert.equal((await show(house, seen)).status, 200);
    assert.equal((await show(house, token({ from: watched }))).status, 200);
    await show(house, token({ from: watched, header: { kid: randomUUID() } }));
    await pause(20);
  }
  assert.ok(turn >= 3, `${turn} fetches`);
  const grown = (await operator.memory()) - before;
  assert.ok(grown < 64, `grew by ${Math.round(grown)} MB`);
  issuer.answers = issuer.well;
});

test('a thousand made-up kids cause one fetch in a cool-down, and a thousand tokens without kid no more', async () => {
  const issuer = theIssuer(calm);
  assert.equal((await show(house, token({ from: calm }))).status, 200);
  assert.equal(
    (await show(house, token({ from: calm, key: aSigningKey('ES256', 'nameless'), header: { kid: undefined } })))
      .status,
    200,
  );
  const [before, start] = [issuer.fetches, Date.now()];
  const stranger = aSigningKey('ES256', 'stranger');
  const kids = (): readonly unknown[] => [randomUUID(), undefined];
  for (let round = 0; round < 50; round++) {
    const asked = Array.from({ length: 20 }, () => kids()).flat();
    const heard = await Promise.all(
      asked.map((kid) => show(house, token({ from: calm, key: stranger, header: { kid } }))),
    );
    for (const { code } of heard) assert.ok(code === 'key_unknown' || code === 'signature_invalid', `${code}`);
  }
  const coolDowns = Math.ceil((Date.now() - start) / 10_000);
  assert.ok(issuer.fetches - before <= coolDowns, `${issuer.fetches - before} in ${coolDowns} cool-downs`);
});

test('keys without kid and alg verify what names neither, and one bad key spoils nothing', async () => {
  const alone = aSigningKey('EdDSA', 'alone');
  const { kid: _, ...unnamed } = alone.jwk;
  published = { keys: [{ kty: 'EC', crv: 'P-256' }, 7, { ...key.jwk, d: 'AQAB' }, unnamed, key.jwk] as object[] };
  const bare = token({ from: watched, key: alone, header: { kid: undefined } });
  await until('the new key counts', async () => (await show(house, bare)).status === 200);
  assert.equal((await show(house, token({ from: watched }))).status, 200);
  published = { keys: [key.jwk] };
  await until('the key is gone', async () => (await show(house, bare)).status === 401);
});

test('a clock that is ten minutes off is what explain says of tokens that fail for their times', async () => {
  const issuer = theIssuer(watched);
  const ahead = 600_000;
  issuer.answers = {
    ...issuer.well,
    keys(response, request) {
      response.setHeader('date', new Date(Date.now() + ahead).toUTCString());
      issuer.well.keys(response, request);
    },
  };
  await until('the operator is warned', async () =>
    (await operator.keysOf('watched')).warnings.some((warning) => /(59|60)\d seconds behind/.test(warning)),
  );
  const early = token({ from: watched, iat: Math.floor((Date.now() + ahead) / 1000) });
  assert.equal((await show(house, early)).code, 'token_issued_in_future');
  const { code, facts } = await operator.explain('orders', early);
  assert.equal(code, 'token_issued_in_future');
  assert.match(String(facts['clock']), /(59|60)\d seconds behind the issuer's/);
});
