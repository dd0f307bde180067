import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccess } from '../../src/access/index.ts';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { aGateway, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { serve } from '../fixtures/a-server.ts';

const everyLetterEncoded = '%61%63%63%65%73%73%5f%74%6F%6b%65%6e';
const one = 'Authorization: Bearer one';

for (const [title, target, fields, code] of [
  ['two Authorization fields', '/x', [one, 'Authorization: Bearer two'], 'credential_ambiguous'],
  ['the same one twice', '/x', [one, one], 'credential_ambiguous'],
  ['two schemes', '/x', [one, 'authorization: DPoP two'], 'credential_ambiguous'],
  ['two in one field', '/x', [`${one}, Bearer two`], 'credential_malformed'],
  ['one in the header and one in the URL', '/x?access_token=two', [one], 'credential_in_query'],
  ['one in the URL alone', '/x?access_token=two', [], 'credential_in_query'],
  ['one in the URL by an encoded name', '/x?a=b&access%5Ftok%65n=two', [one], 'credential_in_query'],
  ['one in the URL by a name encoded throughout', `/x?${everyLetterEncoded}=two`, [one], 'credential_in_query'],
  ['one in the URL behind a semicolon', '/x?a=b;Access_Token=two', [one], 'credential_in_query'],
] as const) {
  test(`${title}: nobody guesses which one counts`, async (t) => {
    const reached: string[] = [];
    const upstream = await serve(t, (incoming, response) => {
      reached.push(incoming.url ?? '');
      response.end();
    });
    const revocations = { index: new RevocationIndex(), isStale: () => false };
    const { port, finishes, finished } = await aGateway(t, [anApi(upstream)], { access: createAccess(revocations) });
    const request = [`GET ${target} HTTP/1.1`, 'Host: h', 'Connection: close', ...fields].join('\r\n');
    const received = await sendRaw(port, `${request}\r\n\r\n`);
    assert.match(received, /^HTTP\/1\.1 400 /);
    assert.match(received, new RegExp(`"code":"${code}"`));
    assert.match(received, /^www-authenticate: Bearer realm="gatehouse", error="invalid_request"/m);
    assert.deepEqual(reached, []);
    await finishes(1);
    assert.doesNotMatch(JSON.stringify(finished), /one|two/);
  });
}
