import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpClient, JsonDocument, NetResult } from '../../net/index.ts';
import { MetadataSource } from './metadata-source.ts';
import { signInIssuerOf } from './sign-in-issuer.ts';

const identifier = 'https://acme.example/';
const document = {
  issuer: identifier,
  authorization_endpoint: 'https://acme.example/authorize',
  token_endpoint: 'https://acme.example/token',
  jwks_uri: 'https://acme.example/jwks',
  id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256', 'ES256'],
};

function aSource() {
  const state = { now: 0, isUp: true, asked: [] as string[] };
  const http: Pick<HttpClient, 'getJson'> = {
    async getJson({ url }): Promise<NetResult<JsonDocument>> {
      state.asked.push(url);
      if (state.isUp)
        return { ok: true, value: { value: document, response: { status: 200, headers: {}, body: Buffer.of() } } };
      return { ok: false, failure: { code: 'refused', title: 'Refused.', remedy: 'Start it.', facts: { url } } };
    },
  };
  const issuer = signInIssuerOf({ name: 'acme', issuer: identifier, client: { id: 'x' } }, 'https://id.example.com');
  const source = new MetadataSource(issuer, http as HttpClient, () => state.now);
  return { state, source };
}

const minute = 60_000;

test('nothing is asked before it is needed, and many at once ask once', async () => {
  const { state, source } = aSource();
  assert.deepEqual(state.asked, []);
  const [one, two] = await Promise.all([source.current(), source.current()]);
  assert.equal(one, two);
  assert.equal(await source.current(), one);
  assert.deepEqual(state.asked, ['https://acme.example/.well-known/openid-configuration']);
});

test('what is old is renewed, and serves on for a day where that fails', async () => {
  const { state, source } = aSource();
  const first = await source.current();
  state.now = 11 * minute;
  const second = await source.current();
  assert.notEqual(second, first);
  state.isUp = false;
  state.now += 11 * minute;
  assert.equal(await source.current(), second);
  state.now += 24 * 60 * minute;
  await assert.rejects(source.current(), { code: 'issuer_unavailable', remedy: 'Start it.' });
});

test('a failure is not remembered', async () => {
  const { state, source } = aSource();
  state.isUp = false;
  await assert.rejects(source.current(), { message: /openid-configuration: Refused\.$/ });
  state.isUp = true;
  assert.equal((await source.current()).issuer, identifier);
});

test('of the algorithms of ID tokens, those that prove who signed are taken', async () => {
  const { source } = aSource();
  assert.deepEqual((await source.current()).id_token_signing_alg_values_supported, ['RS256', 'ES256']);
});
