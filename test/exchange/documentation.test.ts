import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { anExchange, exchangeOf, web } from './an-exchange.ts';

const page = await readFile(new URL('../../docs/provider.md', import.meta.url), 'utf8');
const [section = ''] = /^## Exchanging tokens[\s\S]*?(?=^## )/m.exec(page) ?? [];

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? '';
}

test('the rule and the call of the documentation work as they are printed', async (t) => {
  const [, rules = ''] = block('yaml').split('exchange:');
  const running = await anExchange(() => rules);
  t.after(() => running.close());
  const env = { ...process.env, SECRET: web.secret, TOKEN: running.acmeToken({ email_verified: true }) };
  const call = block('sh').replace('http://127.0.0.1:8081', running.issuer);
  assert.ok(call.includes(running.issuer));
  const { stdout } = await promisify(execFile)('bash', ['-c', call], { env });
  const { access_token, scope } = JSON.parse(stdout);
  assert.equal(scope, 'orders:read');
  assert.equal((await running.call('/orders', access_token)).status, 200);
  const unverified = await running.exchange(exchangeOf(running.acmeToken({ email_verified: false })));
  assert.equal(unverified.json.error, 'invalid_request');
});
