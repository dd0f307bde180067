import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gatherLines, type LineStream } from './gather-lines.ts';

function collect(t: TestContext): { readonly written: string[]; readonly stream: LineStream } {
  const written: string[] = [];
  const stream = gatherLines({ write: (text) => written.push(text) });
  t.after(() => stream.close());
  return { written, stream };
}

test('lines that come close together are one write', async (t) => {
  const { written, stream } = collect(t);
  stream.write('a\n');
  stream.write('b\n');
  assert.deepEqual(written, []);
  await pause(50);
  stream.write('c\n');
  await pause(50);
  assert.deepEqual(written, ['a\nb\n', 'c\n']);
});

test('what is held is bounded', (t) => {
  const { written, stream } = collect(t);
  const line = `${'x'.repeat(40_000)}\n`;
  stream.write(line);
  stream.write(line);
  assert.deepEqual(written, [line]);
});

test('a write is never longer than it may be, but for one line that is', (t) => {
  const written: string[] = [];
  const stream = gatherLines({ write: (text) => written.push(text) }, 10);
  t.after(() => stream.close());
  for (const line of ['abcd\n', 'efgh\n', 'ü\n', 'a longer line\n', 'x\n']) stream.write(line);
  assert.deepEqual(written, ['abcd\nefgh\n', 'ü\n', 'a longer line\n']);
});

test('once closed, nothing is held', (t) => {
  const { written, stream } = collect(t);
  stream.write('a\n');
  stream.close();
  stream.write('b\n');
  assert.deepEqual(written, ['a\n', 'b\n']);
});

test('a program that ends by itself or by an error still writes its last lines', () => {
  const here = new URL('./gather-lines.ts', import.meta.url);
  for (const end of ['process.exit(0)', 'throw new Error("unforeseen")']) {
    const program = `
      const { gatherLines } = await import(${JSON.stringify(here.href)});
      const { destination } = await import('pino');
      gatherLines(destination(1)).write('last words');
      ${end};`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    assert.equal(stdout, 'last words', end);
  }
});
