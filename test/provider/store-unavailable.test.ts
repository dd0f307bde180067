import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providerFailed } from '../../src/provider/index.ts';
import { aProvider, ordersApi, reporting } from '../fixtures/a-provider.ts';
import { post } from '../fixtures/a-token-client.ts';

test('while the store cannot be asked, nobody is told that a token is bad, nor that anything was done', async (t) => {
  const running = await aProvider();
  t.after(() => running.close());
  const failures: string[] = [];
  t.after(providerFailed.listen(({ where }) => failures.push(where)));
  const grant = { grant_type: 'client_credentials', resource: ordersApi.audience };
  const { access_token: token } = (await post(running.issuer, '/token', grant, reporting)).json;
  await running.store.close();
  const attempts = { '/token': grant, '/introspect': { token }, '/revoke': { token } } as const;
  for (const [path, form] of Object.entries(attempts)) {
    const answer = await post(running.issuer, path, form, reporting);
    assert.equal(answer.status, 503, path);
    assert.equal(answer.headers.get('retry-after'), '5', path);
    assert.equal(answer.json.error, 'temporarily_unavailable', path);
  }
  assert.deepEqual(failures, ['token', 'introspection', 'revocation']);
});

test('a person is shown a page that says so', async (t) => {
  const running = await aProvider();
  t.after(() => running.close());
  await running.store.close();
  const url = `${running.issuer}/authorize?request_uri=urn:ietf:params:oauth:request_uri:x&client_id=reporting`;
  const response = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' });
  assert.equal(response.status, 503);
  assert.match(await response.text(), /temporarily_unavailable/);
});
