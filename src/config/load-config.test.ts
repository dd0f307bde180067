import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { soundConfig } from '../../test/fixtures/a-config.ts';
import { loadConfig } from './load-config.ts';
import { renderReport } from './render-report.ts';

test('a file is read, and the secrets that it names', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-load-'));
  context.after(() => rm(folder, { recursive: true }));
  const client = `clients: [{ id: job, secret: { file: "${folder}/secret" }, grants: [client_credentials] }]\n`;
  await writeFile(join(folder, 'gatehouse.yaml'), soundConfig + client);
  await writeFile(join(folder, 'secret'), 'hunter2\n');
  const outcome = await loadConfig(join(folder, 'gatehouse.yaml'), {});
  assert.ok(outcome.ok);
  assert.equal(outcome.config.clients[0]?.secret?.reveal(), 'hunter2');
});

test('a file that is not there is a fault', async () => {
  const outcome = await loadConfig('/nowhere/gatehouse.yaml', {});
  assert.ok(!outcome.ok);
  assert.equal(
    renderReport(outcome.faults, outcome.warnings),
    '/nowhere/gatehouse.yaml  there is no such file. Remedy: Name another by --config, write one as README.md shows, or let `gatehouse start --demo` make one.',
  );
});
