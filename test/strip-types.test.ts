import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const hooks = new URL('../bin/strip-types.js', import.meta.url).href;

/** What a module of TypeScript says when it is loaded in a process of its own; nothing else is said. */
function load(folder: string, source: string): string {
  const [sources, kept] = [join(folder, 'src'), join(folder, 'kept')];
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, 'main.ts'), source);
  writeFileSync(join(sources, 'say.ts'), 'export const say = (word: string): void => console.log(word);');
  const script = `
    const { stripTypesOnce } = await import(${JSON.stringify(hooks)});
    stripTypesOnce(${JSON.stringify(sources)}, ${JSON.stringify(kept)});
    await import(${JSON.stringify(join(sources, 'main.ts'))});`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return stdout.trim();
}

test('Types are stripped once from each source, and again when it has changed.', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const kept = (): number => readdirSync(join(folder, 'kept')).length;
  for (const [word, files] of [
    ['one', 2],
    ['one', 2],
    ['two', 3],
  ] as const) {
    assert.equal(load(folder, `import { say } from './say.ts';\nconst word: string = '${word}';\nsay(word);`), word);
    assert.equal(kept(), files);
  }
});

test('Where nothing can be kept, they are stripped each time.', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'kept'), 'in the way');
  chmodSync(join(folder, 'kept'), 0o400);
  assert.equal(load(folder, "import { say } from './say.ts';\nsay('1' as string);"), '1');
});
