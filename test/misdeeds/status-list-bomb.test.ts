import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeflate } from 'node:zlib';
import { aListedIssuer } from '../fixtures/a-listed-issuer.ts';
import { packed } from '../fixtures/a-status-list.ts';

/** DEFLATE packs zeros a thousandfold: what an issuer sends must not fill the gateway's memory, nor keep it busy. */
async function zeros(megabytes: number): Promise<Buffer> {
  const deflate = createDeflate({ level: 9 });
  const chunk = Buffer.alloc(1024 * 1024);
  const written = (async () => {
    for (let n = 0; n < megabytes; n++)
      if (!deflate.write(chunk)) await new Promise((resolve) => deflate.once('drain', resolve));
    deflate.end();
  })();
  const parts: Buffer[] = [];
  for await (const part of deflate) parts.push(part as Buffer);
  await written;
  return Buffer.concat(parts);
}

const claimOf = (stream: Buffer) => ({ bits: 1, lst: stream.toString('base64url') });

test('2^31 entries are refused with the reason, in a small part of their memory', async (t) => {
  const bomb = claimOf(await zeros(256));
  const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list({ status_list: bomb })));
  const before = process.memoryUsage().rss;
  const refusal = await issuer.judge(issuer.uri, 2 ** 31 - 1);
  assert.equal(refusal?.code, 'status_unavailable');
  assert.equal(refusal.facts['failure'], 'list_too_large');
  assert.equal(refusal.facts['mostBytes'], 16 * 1024 * 1024);
  assert.ok(process.memoryUsage().rss - before < 128 * 1024 * 1024);
});

test('others are served while the largest list that is taken is read', async (t) => {
  const largest = packed(Buffer.alloc(16 * 1024 * 1024));
  const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list({ status_list: largest })));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  assert.equal(await issuer.judge(issuer.uri, 2 ** 27 - 1), undefined);
  assert.equal((await issuer.judge(issuer.uri, 2 ** 27))?.code, 'token_status_unknown');
  clearInterval(timer);
  assert.ok(turns > 2, `${turns}`);
});

test('an answer of more than 4 MiB is not read to its end', async (t) => {
  let sent = 0;
  const issuer = await aListedIssuer(t, () => (_, response) => {
    const more = (): void => {
      while (sent < 256 * 1024 * 1024 && !response.destroyed) {
        sent += 65_536;
        if (!response.write(Buffer.alloc(65_536, 'A'))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  const refusal = await issuer.judge();
  assert.equal(refusal?.code, 'status_unavailable');
  assert.equal(refusal.facts['failure'], 'too_large');
  assert.ok(sent < 32 * 1024 * 1024);
});

test('an answer that drips is given up', async (t) => {
  const issuer = await aListedIssuer(t, () => (_, response) => {
    const timer = setInterval(() => response.write('e'), 50);
    response.on('close', () => clearInterval(timer));
  });
  const refusal = await issuer.judge();
  assert.equal(refusal?.code, 'status_unavailable');
  assert.equal(refusal.facts['failure'], 'timeout');
});
