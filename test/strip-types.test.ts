import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const hooks = new URL('../bin/strip-types.js', import.meta.url).href;

/** What a module of TypeScript says when it is loaded in a process of its own. */
function load(folder: string, source: string): string {
  const [sources, kept] = [join(folder, 'src'), join(folder, 'kept')];
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, 'main.ts'), source);
  const script = `
    const { stripTypesOnce } = await import(${JSON.stringify(hooks)});
    stripTypesOnce(${JSON.stringify(sources)}, ${JSON.stringify(kept)});
    await import(${JSON.stringify(join(sources, 'main.ts'))});`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).trim();
}

test('Types are stripped once from each source, and again when it has changed.', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const kept = (): number => readdirSync(join(folder, 'kept')).length;
  for (const [word, files] of [
    ['one', 1],
    ['one', 1],
    ['two', 2],
  ] as const) {
    assert.equal(load(folder, `const word: string = '${word}';\nconsole.log(word);`), word);
    assert.equal(kept(), files);
  }
});

test('Where nothing can be kept, they are stripped each time.', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'kept'), 'in the way');
  chmodSync(join(folder, 'kept'), 0o400);
  assert.equal(load(folder, 'const one: number = 1;\nconsole.log(one);'), '1');
});
