import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';
import { adminAudience, followScope } from '../../protocol/admin-access.ts';

const report = { name: 'edge-1', started_at: '2026-11-24T08:00:00.000Z', applied: 'abc:7', lease_ms: 5000 };

test('A gateway from afar is on the roster as it reports itself, until it withdraws.', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ audience: adminAudience, scope: followScope });
  const id = randomUUID();
  assert.equal((await admin.call('PUT', `/gateways/${id}`, { token, body: report })).status, 204);
  const [listed, ...more] = (await admin.store.gatewayRoster.list()).gateways;
  assert.equal(more.length, 0);
  const { silentMs, ...said } = listed!;
  assert.ok(silentMs >= 0);
  const startedAt = Date.parse(report.started_at);
  assert.deepEqual({ ...said }, { id, name: 'edge-1', startedAt, applied: { seq: 7, mark: 'abc' }, leaseMs: 5000 });
  assert.equal((await admin.call('DELETE', `/gateways/${id}`, { token })).status, 204);
  assert.deepEqual((await admin.store.gatewayRoster.list()).gateways, []);
});

test('A report that does not fit is refused.', async (t) => {
  const admin = await anAdmin(t);
  const faulty = [
    [{ ...report, applied: '7' }, 'applied'],
    [{ ...report, lease_ms: 5 }, 'lease_ms'],
    [{ ...report, started_at: 'today' }, 'started_at'],
    [{ ...report, name: '' }, 'name'],
  ] as const;
  for (const [body, path] of faulty) {
    const answer = await admin.call('PUT', `/gateways/${randomUUID()}`, { body });
    assertProblem(answer, 400, 'input_invalid');
    assert.equal(answer.json.errors[0].path, path);
  }
  assertProblem(await admin.call('PUT', '/gateways/edge-1', { body: report }), 400, 'input_invalid');
});
