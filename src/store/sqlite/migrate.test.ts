import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let directory: string;
before(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
});
after(() => rmSync(directory, { recursive: true }));

test('Processes that start at once on a new file all find the tables.', { timeout: 60_000 }, async () => {
  const path = join(directory, 'gatehouse.db');
  const door = new URL('./open-database.ts', import.meta.url).href;
  const newest = readdirSync(new URL('./migrations/', import.meta.url)).length;
  const script = `import { openDatabase } from ${JSON.stringify(door)};
    const { reader } = openDatabase(${JSON.stringify(path)});
    process.exit(reader.pragma('user_version') === ${newest} ? 0 : 1);`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0, 0]);
});
