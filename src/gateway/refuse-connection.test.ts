import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve } from '../../test/fixtures/a-server.ts';

const host = 'Host: h\r\n';
const token = 'Authorization: Bearer good\r\n';
const codesOf = (received: string): readonly string[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '');

for (const [title, chunks] of [
  ['a length that is no number', 'g\r\n'],
  ['a length beyond all numbers', 'fffffffffffffffff\r\na'],
  ['lines that end in a bare LF', '1\na\n0\n\n'],
] as const) {
  test(`a chunked body with ${title} is refused, and not sent on as whole`, async (t) => {
    let isWhole = false;
    const upstream = await serve(t, (incoming) => {
      incoming.on('error', () => undefined);
      incoming.resume().on('end', () => {
        isWhole = true;
      });
    });
    const { port, finishes } = await aGateway(t, [anApi(upstream)]);
    const head = `POST /x HTTP/1.1\r\n${host}${token}Transfer-Encoding: chunked\r\n\r\n`;
    const received = await sendRaw(port, head + chunks, 200);
    assert.deepEqual(codesOf(received), ['400']);
    assert.match(received, /"code":"request_malformed"/);
    await finishes(1);
    assert.equal(isWhole, false);
  });
}

for (const coding of ['identity', 'chunkedx', 'chunked;x', '"chunked"']) {
  test(`the refusal of the transfer coding ${coding} arrives although no parser can tell where the body ends`, async (t) => {
    const { port } = await aGateway(t, [anApi(1)]);
    const received = await sendRaw(
      port,
      `POST /x HTTP/1.1\r\n${host}${token}Transfer-Encoding: ${coding}\r\n\r\n`,
      200,
    );
    assert.deepEqual(codesOf(received), ['501']);
  });
}

test('a request that is refused for want of a token stays so when its body is malformed, too', async (t) => {
  const { port } = await aGateway(t, [anApi(1)]);
  const received = await sendRaw(port, `POST /x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1 \r\na\r\n`, 200);
  assert.deepEqual(codesOf(received), ['401']);
});

test('what cannot be read behind a request is refused after the answer to that request, and ends the connection', async (t) => {
  const upstream = await serve(t, async (incoming, response) => {
    incoming.resume();
    await pause(20);
    response.end('the answer');
  });
  const { port } = await aGateway(t, [anApi(upstream)]);
  const good = `GET /x HTTP/1.1\r\n${host}${token}\r\n`;
  const received = await sendRaw(port, `${good}GARBAGE\r\n\r\n${good}`);
  assert.deepEqual(codesOf(received), ['200', '400']);
  assert.match(received, /the answer/);
});
