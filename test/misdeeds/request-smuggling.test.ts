import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { aGateway, anApi, type RunningGateway, sendRaw } from '../fixtures/a-gateway.ts';
import { serveTcp } from '../fixtures/a-server.ts';

/** An upstream that writes down every byte, and answers when no more come. */
async function recording(t: TestContext): Promise<{ gateway: RunningGateway; seen(): string }> {
  let bytes = '';
  const port = await serveTcp(t, (socket) => {
    socket.setEncoding('latin1');
    socket.setTimeout(30, () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'));
    socket.on('data', (chunk: string) => {
      bytes += chunk;
    });
  });
  return { gateway: await aGateway(t, [anApi(port)]), seen: () => bytes };
}

const token = 'Authorization: Bearer good';

/** What the strictest reader and the laxest one can only read alike. Says what is wrong, or nothing. */
function ambiguityOf(bytes: string): string | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const [requestLine = '', ...lines] = bytes.slice(0, end).split('\r\n');
  const body = bytes.slice(end + 4);
  if (!/^[A-Z-]+ \/[\x21-\x7e]* HTTP\/1\.1$/.test(requestLine)) return `request line ${requestLine}`;
  const bad = lines.find((line) => !/^[\w!#$%&'*+.^`|~-]+: [\t\x20-\x7e\x80-\xff]*$/.test(line));
  if (bad !== undefined) return `field ${bad}`;
  const framing = lines.filter((line) =>
    /^(contentlength|transferencoding)/.test(line.toLowerCase().replace(/[^a-z:]/g, '')),
  );
  if (framing.length > 1) return 'more than one framing field';
  const [field = 'none: 0'] = framing;
  if (!/^(none: 0|content-length: \d+|transfer-encoding: chunked)$/.test(field)) return `framing ${field}`;
  if (/^(GET|HEAD)/.test(requestLine) && framing.length > 0 && field !== 'content-length: 0') return `content with GET`;
  if (field.startsWith('content-length') && body.length > Number(field.slice(16))) return 'bytes behind the content';
  if (field.startsWith('none') && body !== '') return 'bytes without framing';
  if (field.startsWith('transfer') && !/^(?:[0-9a-f]+\r\n[\s\S]*\r\n)?0?(?:\r\n)*$/.test(body))
    return 'chunks that do not end';
  return undefined;
}

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n';

for (const [title, head, body] of [
  ['CL.TE', 'Content-Length: 6\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
  ['TE.CL', 'Transfer-Encoding: chunked\r\nContent-Length: 4', `5c\r\n${smuggled}\r\n0\r\n\r\n`],
  ['TE.TE with an unknown coding', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: cow', `0\r\n\r\n${smuggled}`],
  ['TE.TE twice the same', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
  ['a list of codings', 'Transfer-Encoding: identity, chunked', `0\r\n\r\n${smuggled}`],
  ['chunked that is not last', 'Transfer-Encoding: chunked, identity', `0\r\n\r\n${smuggled}`],
  ['a coding that begins like chunked', 'Transfer-Encoding: chunkedx', `0\r\n\r\n${smuggled}`],
  ['a tab before the colon', 'Transfer-Encoding\t: chunked', `0\r\n\r\n${smuggled}`],
  ['a vertical tab in the value', 'Transfer-Encoding: \x0bchunked', `0\r\n\r\n${smuggled}`],
  ['a folded line', 'Transfer-Encoding:\r\n chunked', `0\r\n\r\n${smuggled}`],
  ['a bare LF', 'X: y\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
  ['a bare CR', 'X: y\rTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
  ['an underscore', 'Transfer_Encoding: chunked\r\nContent-Length: 5', `0\r\n\r\n${smuggled}`],
  ['two lengths that differ', 'Content-Length: 5\r\nContent-Length: 40', `0\r\n\r\n${smuggled}`],
  ['two lengths alike', 'Content-Length: 5\r\nContent-Length: 5', `0\r\n\r\n${smuggled}`],
  ['a list of lengths', 'Content-Length: 5, 5', `0\r\n\r\n${smuggled}`],
  ['a signed length', 'Content-Length: +5', `0\r\n\r\n${smuggled}`],
  ['a negative length', 'Content-Length: -5', `0\r\n\r\n${smuggled}`],
  ['a length beyond all integers', 'Content-Length: 18446744073709551621', `0\r\n\r\n${smuggled}`],
  ['a hexadecimal length', 'Content-Length: 0x5', `0\r\n\r\n${smuggled}`],
  ['a chunk size with a sign', 'Transfer-Encoding: chunked', `+0\r\n\r\n${smuggled}`],
  ['a chunk size with 0x', 'Transfer-Encoding: chunked', `0x0\r\n\r\n${smuggled}`],
  ['a chunk ended by LF', 'Transfer-Encoding: chunked', `1\na\n0\n\n${smuggled}`],
  ['a chunk extension with LF', 'Transfer-Encoding: chunked', `1;a\nb\r\na\r\n0\r\n\r\n${smuggled}`],
  ['content that is shorter than its chunk', 'Transfer-Encoding: chunked', `ff\r\na\r\n0\r\n\r\n${smuggled}`],
] as const) {
  test(`${title} smuggles nothing`, async (t) => {
    const { gateway, seen } = await recording(t);
    await sendRaw(gateway.port, `POST /x HTTP/1.1\r\nHost: h\r\n${token}\r\n${head}\r\n\r\n${body}`, 300);
    if (seen() !== '') assert.equal(ambiguityOf(seen()), undefined);
  });
}

for (const [title, request] of [
  ['a GET with a length', `GET /x HTTP/1.1\r\nHost: h\r\n${token}\r\nContent-Length: 38\r\n\r\n${smuggled}`],
  [
    'a GET with chunks',
    `GET /x HTTP/1.1\r\nHost: h\r\n${token}\r\nTransfer-Encoding: chunked\r\n\r\n26\r\n${smuggled}\r\n0\r\n\r\n`,
  ],
  [
    'HTTP/1.0 with chunks',
    `POST /x HTTP/1.0\r\nHost: h\r\n${token}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  ],
  ['HTTP/0.9', `GET /x\r\n\r\n`],
  ['two hosts', `GET /x HTTP/1.1\r\nHost: h\r\nHost: i\r\n${token}\r\n\r\n`],
  ['no host', `GET /x HTTP/1.1\r\n${token}\r\n\r\n`],
  ['a host that is a list', `GET /x HTTP/1.1\r\nHost: h, i\r\n${token}\r\n\r\n`],
  ['a target that names another host', `GET http://i/x HTTP/1.1\r\nHost: h\r\n${token}\r\n\r\n`],
  ['a target with user information', `GET http://h@i/x HTTP/1.1\r\nHost: h@i\r\n${token}\r\n\r\n`],
  ['CONNECT', `CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n${token}\r\n\r\n${smuggled}`],
  ['TRACE', `TRACE /x HTTP/1.1\r\nHost: h\r\n${token}\r\n\r\n`],
  ['an upgrade to h2c', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`],
  ['a line that is none', `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03`],
] as const) {
  test(`${title} does not reach the upstream`, async (t) => {
    const { gateway, seen } = await recording(t);
    const received = await sendRaw(gateway.port, request, 300);
    assert.equal(seen(), '');
    assert.match(received, /^HTTP\/1\.1 (?:400|501) [\s\S]*"code":"(?:request_malformed|method_unsupported)"/);
    assert.match(received, /^x-request-id: \S+\r$/im);
  });
}

test('an h2c upgrade is passed on as the plain request that it also is', async (t) => {
  const { gateway, seen } = await recording(t);
  const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA';
  const received = await sendRaw(gateway.port, `GET /x HTTP/1.1\r\nHost: h\r\n${token}\r\n${upgrade}\r\n\r\n`, 300);
  assert.match(received, /^HTTP\/1\.1 200 /);
  assert.doesNotMatch(seen(), /upgrade|settings/i);
});

test('bytes behind a request are the next request, and are judged as such', async (t) => {
  const { gateway, seen } = await recording(t);
  const first = `POST /x HTTP/1.1\r\nHost: h\r\n${token}\r\nContent-Length: 0\r\n\r\n`;
  const received = await sendRaw(gateway.port, first + smuggled, 300);
  assert.doesNotMatch(seen(), /smuggled/);
  assert.match(received, /HTTP\/1\.1 401 /);
});

interface Vector {
  readonly name: string;
  readonly uri: string;
  readonly method: string;
  readonly version: string;
  readonly headers: readonly { readonly name: string; readonly value: string | number }[] | null;
  readonly expected: { readonly tier: 'Compliant' | 'Acceptable' | 'Ambiguous' };
}

/** Classed as compliant there, and refused here, each for a reason of its own. */
const refusedAnyway: Readonly<Record<string, string>> = {
  'Different Transfer-Encoding headers': 'no coding but chunked (RFC 9112 section 6.1 allows 501)',
  'Different Transfer-Encoding headers combined': 'no coding but chunked',
  'Transfer-Encoding with a param: chunked;custom_param': 'RFC 9112 section 7 knows no parameters of chunked',
  'Multiple transfer encoding headers in a single request OK': 'no coding but chunked',
  'Transfer-Encoding: identity and chunked OK': 'no coding but chunked',
  'Correct TE OK': 'no coding but chunked',
  'TE with custom parameters OK': 'RFC 9112 section 7 knows no parameters of chunked',
  'International in URI': 'no URI: not ASCII (RFC 3986 section 2)',
  'Empty URI': 'no request target (RFC 9112 section 3.2)',
};

const folder = new URL('../../../shared/vectors/http-desync/', import.meta.url);
const skip = existsSync(folder) ? false : 'no ../shared/vectors/http-desync here';

function bodyOf({ headers }: Vector): string {
  const find = (name: string) => headers?.find((header) => header.name.toLowerCase() === name)?.value;
  if (find('transfer-encoding') !== undefined) return '0\r\n\r\n';
  return 'a'.repeat(Number(find('content-length') ?? 0) || 0);
}

for (const file of ['rfc-compliant', 'more-compliant-tests', 'acceptable', 'ambiguous']) {
  test(`http-desync vectors: ${file}`, { skip }, async (t) => {
    const vectors = parse(readFileSync(new URL(`${file}.yaml`, folder), 'utf8')) as readonly Vector[];
    assert.ok(vectors.length > 5);
    for (const vector of vectors) {
      await t.test(vector.name, async (inner) => {
        const { gateway, seen } = await recording(inner);
        const lines = (vector.headers ?? []).map(({ name, value }) => `${name}: ${value}\r\n`).join('');
        const head = `${vector.method} ${vector.uri} ${vector.version}\r\nHost: h\r\n${token}\r\nConnection: close\r\n${lines}`;
        const received = await sendRaw(gateway.port, `${head}\r\n${bodyOf(vector)}`, 300);
        if (vector.expected.tier === 'Compliant' && refusedAnyway[vector.name] === undefined) {
          assert.match(received, /^HTTP\/1\.1 200 /);
        }
        if (seen() !== '') assert.equal(ambiguityOf(seen()), undefined);
        else assert.match(received, /^(?:HTTP\/1\.1 (?:400|501) |$)/);
      });
    }
  });
}
