import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { readStatus, referenceOf } from '../../test/fixtures/read-status.ts';
import { type Lab, startLab } from './start-lab.ts';

let lab: Lab;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
});

after(() => lab.close());

async function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form) });
}

async function tokenOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { access_token: string }).access_token;
}

for (const name of ['standard', 'okta', 'entra-v2', 'keycloak']) {
  test(`a token of ${name} has a status that a form can change`, async () => {
    const issuer = lab.issuer(name);
    const form = { status: 'true', audience: 'https://orders.example' };
    const answers = [await post(issuer.below('/token'), form), await post(issuer.below('/token'), form)];
    const tokens = await Promise.all(answers.map(tokenOf));
    const [token = '', other = ''] = tokens;
    assert.notEqual(referenceOf(token).idx, referenceOf(other).idx);
    for (const [status, value] of [
      ['suspended', 2],
      ['invalid', 1],
      ['valid', 0],
    ] as const) {
      const changed = await post(issuer.below('/status'), { token, status });
      assert.deepEqual([changed.status, await changed.json()], [200, { status }]);
      assert.deepEqual([await readStatus(token, issuer.jwksUri), await readStatus(other, issuer.jwksUri)], [value, 0]);
    }
  });
}

test('a token has no status unless it is asked for, and none is made up', async () => {
  const issuer = lab.issuer('standard');
  const token = await issuer.mint();
  assert.equal(decodeJwt(token)['status'], undefined);
  assert.equal((await post(issuer.below('/status'), { token, status: 'invalid' })).status, 400);
  assert.equal((await post(issuer.below('/status'), { token: 'x', status: 'invalid' })).status, 400);
  const listed = await issuer.mint({ status: true });
  assert.equal((await post(issuer.below('/status'), { token: listed, status: 'gone' })).status, 400);
});
