import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { configJsonSchema } from '../src/config/index.ts';
import { optionsPage } from './options-page.ts';

test('docs/options.md says what the code does; `npm run docs` writes it anew', async () => {
  assert.equal(await readFile(new URL('../docs/options.md', import.meta.url), 'utf8'), optionsPage());
});

test('config.schema.json is the schema of the code; `npm run docs` writes it anew', async () => {
  const text = await readFile(new URL('../config.schema.json', import.meta.url), 'utf8');
  assert.deepEqual(JSON.parse(text), configJsonSchema());
});

test('every option says what it does', () => {
  const rows = optionsPage().matchAll(/^\| `(.*?)` \| (.*?) \| .*? \| (.*?) \|$/gm);
  for (const [, path = '', form, text] of rows) {
    assert.notEqual(form, '', path);
    assert.ok(text !== '' || path.startsWith('clients[].jwks'), path);
  }
});
