import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aGateway, anApi } from '../../test/fixtures/a-gateway.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { serve } from '../../test/fixtures/a-server.ts';
import { createCors } from './cors.ts';

const origin = 'https://app.example';
const preflight = (headers: Record<string, string>) => aRequest({ method: 'OPTIONS', headers });

function pairs(fields: readonly string[] | undefined): Record<string, string> {
  const result: Record<string, string> = {};
  for (let i = 0; i < (fields?.length ?? 0); i += 2) result[fields?.[i] ?? ''] = fields?.[i + 1] ?? '';
  return result;
}

test('a preflight of an allowed origin is answered with what is allowed', () => {
  const cors = createCors({ origins: [origin] });
  assert.deepEqual(pairs(cors.preflight(preflight({ origin, 'access-control-request-method': 'PUT' }))), {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  });
});

test('the settings are followed', () => {
  const cors = createCors({
    origins: [origin],
    methods: ['GET'],
    headers: ['x-a'],
    exposeHeaders: ['x-b'],
    credentials: true,
    maxAgeSeconds: 5,
  });
  const allowed = pairs(cors.preflight(preflight({ origin, 'access-control-request-method': 'GET' })));
  assert.equal(allowed['access-control-allow-credentials'], 'true');
  assert.equal(allowed['access-control-allow-methods'], 'GET');
  assert.equal(allowed['access-control-allow-headers'], 'x-a');
  assert.equal(allowed['access-control-max-age'], '5');
  assert.equal(pairs(cors.fieldsFor(origin))['access-control-expose-headers'], 'x-b');
});

for (const other of [
  'null',
  '*',
  'https://app.example.evil',
  'https://APP.example',
  'http://app.example',
  '',
  '__proto__',
]) {
  test(`${JSON.stringify(other)} is another origin`, () => {
    const cors = createCors({ origins: [origin] });
    assert.equal(cors.preflight(preflight({ origin: other, 'access-control-request-method': 'GET' })), undefined);
    assert.deepEqual(cors.fieldsFor(other), ['vary', 'Origin']);
  });
}

test('OPTIONS without Access-Control-Request-Method is no preflight', () => {
  assert.equal(createCors({ origins: [origin] }).preflight(preflight({ origin })), undefined);
});

test('through the gateway, preflights need no token, and scripts can read answers and refusals', async (t) => {
  const upstream = await serve(t, (_incoming, response) => {
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' })
      .end('ok');
  });
  const gateway = await aGateway(t, [anApi(upstream, { cors: { origins: [origin] } })]);
  const asked = { origin, 'access-control-request-method': 'GET' };
  const answered = await fetch(gateway.origin, { method: 'OPTIONS', headers: asked });
  assert.equal(answered.status, 204);
  assert.equal(answered.headers.get('access-control-allow-origin'), origin);

  const stranger = await fetch(gateway.origin, {
    method: 'OPTIONS',
    headers: { ...asked, origin: 'https://evil.example' },
  });
  assert.equal(stranger.status, 401);
  assert.equal(stranger.headers.get('access-control-allow-origin'), null);

  const good = await fetch(gateway.origin, { headers: { origin, authorization: 'Bearer good' } });
  assert.equal(good.headers.get('access-control-allow-origin'), origin);
  assert.equal(good.headers.get('access-control-allow-credentials'), null);
  assert.equal(good.headers.get('vary'), 'Origin');

  const refused = await fetch(gateway.origin, { headers: { origin } });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('access-control-allow-origin'), origin);
  assert.match(refused.headers.get('access-control-expose-headers') ?? '', /www-authenticate/);
});
