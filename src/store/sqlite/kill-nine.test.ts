import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { aSqliteStore, type TemporarySqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { startOfLog } from '../../revocation/index.ts';

let engine: TemporarySqliteStore;
before(() => {
  engine = aSqliteStore();
});
after(() => engine.close());

function writer(): ChildProcess {
  const script = new URL('../../../test/fixtures/a-busy-writer.ts', import.meta.url);
  return spawn(process.execPath, [script.pathname, engine.path], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills the writer without a warning after it has acknowledged so many writes. @returns what it acknowledged */
async function killedAfter(child: ChildProcess, count: number): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  assert.ok(child.stdout !== null);
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill('SIGKILL');
  });
  await Promise.all([once(lines, 'close'), once(child, 'exit')]);
  assert.equal(child.signalCode, 'SIGKILL');
  return acknowledged;
}

test('What was acknowledged is there after kill -9, from several processes, at any moment.', {
  timeout: 60_000,
}, async () => {
  for (const count of [1, 40, 333]) {
    const acknowledged = (await Promise.all([killedAfter(writer(), count), killedAfter(writer(), count)])).flat();
    assert.ok(acknowledged.length >= 2 * count);
    const { revocationLog, tokenStore, audit } = engine.another();
    const head = await revocationLog.head();
    const read = await revocationLog.readAfter(startOfLog, 1_000_000);
    const seqs = new Set(read?.entries.map(({ seq }) => String(seq)));
    const audited = new Set((await audit.list({ limit: 1_000_000 })).map(({ target }) => target));
    for (const line of acknowledged) {
      const [what, value = ''] = line.split(' ');
      if (what === 'token') assert.ok(await tokenStore.find(value), line);
      else assert.ok(seqs.has(value) && audited.has(value) && Number(value) <= head, line);
    }
  }
});
