import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem } from '../../test/fixtures/an-admin.ts';

test('whatever changes something and takes no input refuses one that is sent all the same', async (t) => {
  const admin = await anAdmin(t);
  const { paths } = (await admin.call('GET', '/openapi.json')).json;
  const changing = ['post', 'put', 'patch', 'delete'];
  const calls = Object.entries<Record<string, { requestBody?: object }>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) =>
      changing.includes(method) && requestBody === undefined ? [[method, path.replace(/\{\w+\}/, 'x')] as const] : [],
    ),
  );
  assert.ok(calls.length >= 4);
  for (const [method, path] of calls) {
    const answer = await admin.call(method.toUpperCase(), path, { body: { reason: 'lost' } });
    assertProblem(answer, 400, 'input_invalid');
    assert.match(answer.json.errors[0].path, /^body$/, `${method} ${path}`);
  }
});
