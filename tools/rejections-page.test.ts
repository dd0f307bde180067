import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { rejectionsPage } from './rejections-page.ts';

test('docs/rejections.md says what the code does; `npm run docs` writes it anew', async () => {
  const page = await readFile(new URL('../docs/rejections.md', import.meta.url), 'utf8');
  assert.equal(page, rejectionsPage());
});
