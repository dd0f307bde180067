import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LabIssuer } from '../../../src/lab/lab-issuer.ts';
import type { LabSignal } from '../../../src/lab/lab-signal.ts';
import { type Lab, startLab } from '../../../src/lab/start-lab.ts';
import { until } from '../../store/until.ts';
import { anUpstream, type Upstream } from '../an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../assembled-gatehouse.ts';
import { audience, signalsConfig } from './signals-config.ts';

let lab: Lab;
let upstream: Upstream;
let gatehouse: AssembledGatehouse;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
  upstream = await anUpstream();
  const [okta, keycloak] = [lab.issuer('okta'), lab.issuer('keycloak')];
  gatehouse = await assembleGatehouse((ports) =>
    signalsConfig(ports, {
      upstream: upstream.url,
      issuers: `
  okta: { preset: okta, issuer: "${okta.identifier}", claims: { subject: [uid, sub] } }
  keycloak: { preset: keycloak, issuer: "${keycloak.identifier}" }`,
      signals: `
  receivers:
    okta:
      issuer: okta
      audience: http://127.0.0.1:${ports.signals}/signals/okta
      push: { authorization: Bearer from-okta }
      globalRevocation: { audience: http://127.0.0.1:${ports.signals}/global-token-revocation/okta }
    keycloak:
      issuer: keycloak
      audience: http://127.0.0.1:${ports.signals}/signals/keycloak
      push: true
      logout: { clients: [lab-client] }`,
    }),
  );
});
after(async () => {
  await gatehouse?.remove();
  await upstream?.close();
  await lab?.close();
});

function tokenOf(issuer: LabIssuer, subject: string): Promise<string> {
  return issuer.mint({ subject, audiences: [audience], scopes: ['orders:read'] });
}

async function call(token: string): Promise<string> {
  const response = await fetch(`${gatehouse.gateway}/orders`, { headers: { authorization: `Bearer ${token}` } });
  const body = response.ok ? {} : ((await response.json()) as { code?: string });
  return response.ok ? 'ok' : String(body.code);
}

/** As a user tries it: by the lab. @returns the status of our answer */
async function send(issuer: LabIssuer, path: string, form: Readonly<Record<string, string>>): Promise<unknown> {
  const to = `${gatehouse.signals}${path}`;
  const response = await fetch(issuer.below('/signal'), { method: 'POST', body: new URLSearchParams({ to, ...form }) });
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as { status: number }).status;
}

function signalOf(issuer: LabIssuer, more: Partial<LabSignal>): Promise<string> {
  const rest = { audience: undefined, claims: {}, authorization: undefined, session: undefined, subject: 'mira' };
  return issuer.signal({ kind: 'set', to: audience, event: 'session-revoked', ...rest, ...more });
}

test('a security event ends the tokens of a person, who may sign in again, and nobody else’s', async () => {
  const okta = lab.issuer('okta');
  const [mira, tom] = [await tokenOf(okta, 'mira'), await tokenOf(okta, 'tom')];
  assert.deepEqual([await call(mira), await call(tom)], ['ok', 'ok']);
  const authorization = 'Bearer from-okta';
  assert.equal(await send(okta, '/signals/okta', { sub: 'mira', authorization }), 202);
  assert.deepEqual([await call(mira), await call(tom)], ['token_revoked', 'ok']);
  // Tokens of the same second die, too.
  await until(async () => (await call(await tokenOf(okta, 'mira'))) === 'ok');
});

test('who does not send what he was told to is not heard', async () => {
  const okta = lab.issuer('okta');
  const tom = await tokenOf(okta, 'tom');
  assert.equal(await send(okta, '/signals/okta', { sub: 'tom' }), 400);
  assert.equal(await send(okta, '/signals/okta', { sub: 'tom', authorization: 'Bearer from-elsewhere' }), 400);
  assert.equal(await call(tom), 'ok');
});

test('Universal Logout ends the tokens of a person', async () => {
  const okta = lab.issuer('okta');
  const eve = await tokenOf(okta, 'eve');
  assert.equal(await call(eve), 'ok');
  assert.equal(await send(okta, '/global-token-revocation/okta', { kind: 'global-revocation', sub: 'eve' }), 204);
  assert.equal(await call(eve), 'token_revoked');
});

test('a logout token ends the tokens of its session alone', async () => {
  const keycloak = lab.issuer('keycloak');
  const [one, other] = [await tokenOf(keycloak, 'mira'), await tokenOf(keycloak, 'mira')];
  const { sid } = JSON.parse(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
  assert.deepEqual([await call(one), await call(other)], ['ok', 'ok']);
  assert.equal(await send(keycloak, '/logout/keycloak', { kind: 'logout', sub: 'mira', sid }), 200);
  assert.deepEqual([await call(one), await call(other)], ['token_revoked', 'ok']);
});

test('an issuer speaks for itself alone, at its own place', async () => {
  const [okta, keycloak] = [lab.issuer('okta'), lab.issuer('keycloak')];
  const [mira, here] = [await tokenOf(keycloak, 'mira'), `${gatehouse.signals}/signals/keycloak`];
  assert.equal(await send(okta, '/signals/keycloak', { sub: 'mira' }), 400);
  const claims = JSON.stringify({ iss: keycloak.identifier });
  assert.equal(await send(okta, '/signals/keycloak', { sub: 'mira', claims }), 400);
  assert.equal(await send(keycloak, '/signals/keycloak', { audience: `${here}/`, sub: 'mira' }), 400);
  const alien = JSON.stringify({ sub_id: { format: 'iss_sub', iss: okta.identifier, sub: 'mira' } });
  assert.equal(await send(keycloak, '/signals/keycloak', { claims: alien }), 400);
  assert.equal(await call(mira), 'ok');
});

test('no signal opens the gate, though the issuer has signed it for the API', async () => {
  for (const name of ['okta', 'keycloak']) {
    const issuer = lab.issuer(name);
    const token = await tokenOf(issuer, 'mira');
    const accessClaims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    for (const kind of ['set', 'logout', 'global-revocation'] as const) {
      const signal = await signalOf(issuer, { kind, claims: accessClaims as Record<string, unknown> });
      assert.equal(await call(signal), 'token_type_not_accepted', `${kind} of ${name}`);
    }
  }
});

test('no access token is a signal', async () => {
  const keycloak = lab.issuer('keycloak');
  const token = await tokenOf(keycloak, 'mira');
  const pushed = await fetch(`${gatehouse.signals}/signals/keycloak`, {
    method: 'POST',
    headers: { 'content-type': 'application/secevent+jwt' },
    body: token,
  });
  assert.deepEqual([pushed.status, ((await pushed.json()) as { err: string }).err], [400, 'invalid_request']);
  const form = new URLSearchParams({ logout_token: token });
  assert.equal((await fetch(`${gatehouse.signals}/logout/keycloak`, { method: 'POST', body: form })).status, 400);
  const asked = await fetch(`${gatehouse.signals}/global-token-revocation/okta`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokenOf(lab.issuer('okta'), 'mira')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ sub_id: { format: 'iss_sub', iss: lab.issuer('okta').identifier, sub: 'tom' } }),
  });
  assert.equal(asked.status, 401);
  assert.equal(await call(token), 'ok');
});

test('the operator sees what was taken, by whom and why, and what was refused; no token and no secret', async () => {
  const lines = gatehouse.log().split('\n').filter(Boolean);
  const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const taken = read.find(({ msg, path }) => msg === 'signal taken' && path === 'push');
  assert.deepEqual([taken?.['receiver'], taken?.['event'], taken?.['outcome']], ['okta', 'session-revoked', 'revoked']);
  assert.equal(taken?.['reason'], 'session-revoked: sent from the lab');
  const revoked = read.find(({ msg, actor }) => msg === 'revoked' && actor === 'signals:okta');
  assert.equal(revoked?.['reason'], 'session-revoked: sent from the lab');
  const refused = read.filter(({ msg }) => msg === 'signal refused').map(({ code }) => code);
  for (const code of [
    'not_authenticated',
    'issuer_not_trusted',
    'signature_invalid',
    'audience_mismatch',
    'type_not_accepted',
  ]) {
    assert.ok(refused.includes(code), code);
  }
  assert.ok(!gatehouse.log().includes('from-okta') && !gatehouse.log().includes('from-elsewhere'));
  assert.doesNotMatch(gatehouse.log(), /eyJ[\w-]{20}/);
});

test('a receiver comes and goes with the configuration', async () => {
  const keycloak = lab.issuer('keycloak');
  const config = (signals: string) => (ports: AssembledGatehouse['ports']) =>
    signalsConfig(ports, {
      upstream: upstream.url,
      issuers: `\n  keycloak: { preset: keycloak, issuer: "${keycloak.identifier}" }`,
      signals,
    });
  await gatehouse.reload(config('  receivers: {}'));
  assert.equal(await send(keycloak, '/signals/keycloak', { sub: 'mira' }), 404);
  const url = `${gatehouse.signals}/signals/kc`;
  const jwksUri = keycloak.jwksUri;
  await gatehouse.reload(
    config(
      `  receivers: { kc: { issuer: keycloak, audience: "${url}", push: true, transmitter: { jwksUri: "${jwksUri}" } } }`,
    ),
  );
  await until(async () => (await send(keycloak, '/signals/kc', { sub: 'zoe', audience: url })) === 202);
});
