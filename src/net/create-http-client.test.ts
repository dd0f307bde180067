import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve, serveSecurely, serveTcp } from '../../test/fixtures/a-server.ts';
import { createAuthority, selfSigned } from '../../test/fixtures/certificates.ts';
import { createHttpClient } from './create-http-client.ts';
import type { Resolver } from './guarded-lookup.ts';
import type { HttpClient, HttpClientOptions } from './http-client.ts';
import type { NetFailure } from './net-failure.ts';
import type { NetResult } from './net-result.ts';

const authority = createAuthority();

function client(t: TestContext, options: HttpClientOptions = {}, resolve?: Resolver): HttpClient {
  const http = createHttpClient(options, resolve);
  t.after(() => http.close());
  return http;
}

/** Names resolve as the map says, in turn if there are several answers; all others do not. */
function resolver(names: Readonly<Record<string, readonly string[]>>): Resolver & { asked: number } {
  const resolve = Object.assign(
    (hostname: string, _: unknown, callback: Parameters<Resolver>[2]) => {
      const answers = names[hostname];
      const address = answers?.[Math.min(resolve.asked++, answers.length - 1)];
      if (address === undefined) return callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
      return callback(
        null,
        address.split(' ').map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 })),
      );
    },
    { asked: 0 },
  );
  return resolve;
}

function failureOf(result: NetResult<unknown>): NetFailure {
  assert.equal(result.ok, false);
  return result.failure;
}

async function failure(result: Promise<NetResult<unknown>>): Promise<[string, Readonly<Record<string, unknown>>]> {
  const { code, facts, title, remedy } = failureOf(await result);
  assert.ok(title.length > 10 && remedy.length > 10);
  return [code, facts];
}

function sendJson(response: ServerResponse, value: unknown, type = 'application/json'): void {
  response.setHeader('content-type', type);
  response.end(JSON.stringify(value));
}

function caFile(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-net-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'ca.pem');
  writeFileSync(path, `A comment.\n${authority.cert}`);
  return path;
}

test('a JSON document comes with the headers of the answer', async (t) => {
  const port = await serve(t, (_, response) => {
    response.setHeader('cache-control', 'max-age=60');
    sendJson(response, { keys: [] });
  });
  const result = await client(t).getJson({ url: `http://127.0.0.1:${port}/jwks` });
  assert.ok(result.ok);
  assert.equal(JSON.stringify(result.value.value), '{"keys":[]}');
  assert.equal(result.value.response.headers['cache-control'], 'max-age=60');
});

test('a request names Gatehouse, sends no cookie back and asks for no compression', async (t) => {
  const seen: Record<string, unknown>[] = [];
  const port = await serve(t, (request, response) => {
    seen.push(request.headers);
    response.setHeader('set-cookie', 'session=1');
    sendJson(response, {});
  });
  const http = client(t);
  for (let round = 0; round < 2; round++) await http.getJson({ url: `http://127.0.0.1:${port}/` });
  assert.equal(seen.length, 2);
  for (const headers of seen) {
    assert.equal(headers['user-agent'], 'gatehouse');
    assert.equal(headers['accept-encoding'], 'identity');
    assert.equal(headers['cookie'], undefined);
  }
});

test('a form is posted with its headers, and an error status is an answer', async (t) => {
  let got = '';
  const port = await serve(t, (request, response) => {
    request.on('data', (chunk) => {
      got += `${request.method} ${request.headers['authorization']} ${chunk}`;
    });
    request.on('end', () => response.writeHead(401).end('no'));
  });
  const result = await client(t).send({
    method: 'POST',
    url: `http://127.0.0.1:${port}/introspect`,
    headers: { authorization: 'Basic eA==', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'token=abc',
  });
  assert.ok(result.ok);
  assert.equal(result.value.status, 401);
  assert.equal(result.value.body.toString(), 'no');
  assert.equal(got, 'POST Basic eA== token=abc');
});

test('plain http is refused to every address but loopback, however its name is spelt', async (t) => {
  const http = client(t, {}, resolver({ 'idp.example': ['93.184.216.34'] }));
  for (const url of ['http://93.184.216.34/', 'http://10.0.0.1/', 'http://[fd12::1]/', 'http://idp.example/']) {
    assert.equal((await failure(http.getJson({ url })))[0], 'not_https', url);
  }
  for (const url of ['ftp://127.0.0.1/', 'file:///etc/passwd', 'data:application/json,{}']) {
    assert.equal((await failure(http.getJson({ url })))[0], 'not_https', url);
  }
});

test('a name that resolves to loopback may be called in the clear', async (t) => {
  const port = await serve(t, (_, response) => sendJson(response, {}));
  const http = client(t, {}, resolver({ 'idp.example': ['127.0.0.1'] }));
  assert.ok((await http.getJson({ url: `http://idp.example:${port}/` })).ok);
});

test('link-local, metadata, unspecified and multicast addresses are refused, in any spelling', async (t) => {
  const http = client(t);
  const hosts = [
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '[::ffff:169.254.169.254]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '0.0.0.0',
    '0',
    '[::]',
    '224.0.0.1',
    '[ff02::1]',
    '255.255.255.255',
  ];
  for (const host of hosts) {
    assert.equal((await failure(http.getJson({ url: `https://${host}/latest` })))[0], 'forbidden_address', host);
  }
});

test('a name is judged by the addresses it resolves to, and one bad one spoils it', async (t) => {
  const http = client(t, {}, resolver({ 'a.example': ['169.254.169.254'], 'b.example': ['93.184.216.34 fe80::1'] }));
  for (const host of ['a.example', 'b.example']) {
    assert.equal((await failure(http.getJson({ url: `https://${host}/` })))[0], 'forbidden_address', host);
  }
});

test('a name is resolved once for a connection, so that it cannot be rebound after it was judged', async (t) => {
  const port = await serve(t, (_, response) => sendJson(response, {}));
  const resolve = resolver({ 'idp.example': ['127.0.0.1', '169.254.169.254'] });
  assert.ok((await client(t, {}, resolve).getJson({ url: `http://idp.example:${port}/` })).ok);
  assert.equal(resolve.asked, 1);
});

test('a URL that a peer named does not lead to loopback, not even over a connection that is open already', async (t) => {
  const port = await serve(t, (_, response) => sendJson(response, {}));
  const http = client(t, {}, resolver({ 'idp.example': ['127.0.0.1'] }));
  for (const host of ['127.0.0.1', 'idp.example']) {
    const url = `http://${host}:${port}/`;
    assert.ok((await http.getJson({ url })).ok);
    assert.equal((await failure(http.getJson({ url, namedBy: 'peer' })))[0], 'forbidden_address', host);
  }
});

test('a URL with a user name, or none at all, is refused and not repeated', async (t) => {
  const http = client(t);
  assert.deepEqual(await failure(http.getJson({ url: 'https://ada:secret@idp.example/x?y=z' })), [
    'url_invalid',
    { url: 'https://idp.example/x', reason: 'it holds a user name or a password' },
  ]);
  assert.equal((await failure(http.getJson({ url: '/jwks' })))[0], 'url_invalid');
});

test('a redirect is not followed, and its target is told without the query', async (t) => {
  let requests = 0;
  const port = await serve(t, (_, response) => {
    requests++;
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data?token=secret' }).end();
  });
  const [code, facts] = await failure(client(t).getJson({ url: `http://127.0.0.1:${port}/a?secret=1` }));
  assert.equal(code, 'redirect');
  assert.deepEqual(facts, {
    url: `http://127.0.0.1:${port}/a`,
    status: 302,
    to: 'http://169.254.169.254/latest/meta-data',
  });
  assert.equal(requests, 1);
});

test('an error status and a page instead of JSON are named', async (t) => {
  const port = await serve(t, (request, response) => {
    if (request.url === '/missing') response.writeHead(404).end();
    else if (request.url === '/page') response.setHeader('content-type', 'text/html; charset=utf-8').end('<html>');
    else if (request.url === '/half') response.setHeader('content-type', 'application/json').end('{"a":1');
    else if (request.url === '/zipped') response.setHeader('content-encoding', 'gzip').end('{}');
    else sendJson(response, {}, String(request.headers['x-type']));
  });
  const http = client(t);
  const get = (path: string, headers = {}) => http.getJson({ url: `http://127.0.0.1:${port}${path}`, headers });
  assert.deepEqual(await failure(get('/missing')), [
    'http_status',
    { url: `http://127.0.0.1:${port}/missing`, status: 404, server: null },
  ]);
  for (const path of ['/page', '/half']) assert.equal((await failure(get(path)))[0], 'not_json', path);
  assert.equal((await failure(get('/zipped')))[0], 'answer_encoded');
  for (const type of ['application/jwk-set+json', 'application/json;charset=UTF-8', 'text/plain', 'Application/JSON']) {
    assert.ok((await get('/', { 'x-type': type })).ok, type);
  }
  for (const type of ['text/html', 'application/xml', 'application/jsonp', 'image/png']) {
    assert.equal((await failure(get('/', { 'x-type': type })))[0], 'not_json', type);
  }
});

test('of a body that never ends only the allowed bytes are read', async (t) => {
  let sent = 0;
  const port = await serve(t, (_, response) => {
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const pump = (): void => {
      while (sent < 50 * 1024 * 1024 && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pump);
      }
      response.end();
    };
    pump();
  });
  const [code, facts] = await failure(client(t).getJson({ url: `http://127.0.0.1:${port}/` }));
  assert.equal(code, 'too_large');
  assert.equal(facts['limit'], 1024 * 1024);
  assert.ok(sent < 20 * 1024 * 1024, `${sent} bytes were sent`);
});

test('headers without end are too large', async (t) => {
  const port = await serveTcp(t, (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`));
  assert.equal((await failure(client(t).getJson({ url: `http://127.0.0.1:${port}/` })))[0], 'too_large');
});

test('a server that accepts and says nothing, or drips its answer, meets the time limit', async (t) => {
  const silent = await serveTcp(t, () => undefined);
  const dripping = await serveTcp(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n');
    const timer = setInterval(() => socket.write(' '), 10);
    socket.once('close', () => clearInterval(timer));
  });
  const http = client(t, { timeout: 150 });
  for (const port of [silent, dripping]) {
    const [code, facts] = await failure(http.getJson({ url: `http://127.0.0.1:${port}/` }));
    assert.deepEqual([code, facts['phase'], facts['milliseconds']], ['timeout', 'total', 150]);
  }
  const patient = client(t, { headersTimeout: 100 });
  const [code, facts] = await failure(patient.getJson({ url: `http://127.0.0.1:${silent}/` }));
  assert.deepEqual([code, facts['phase']], ['timeout', 'headers']);
});

test('a time limit of a single request counts where it is shorter than that of the client', async (t) => {
  const port = await serveTcp(t, () => undefined);
  const [code, facts] = await failure(client(t).getJson({ url: `http://127.0.0.1:${port}/`, timeout: 50 }));
  assert.deepEqual([code, facts['milliseconds']], ['timeout', 50]);
});

test('a request can be called off', async (t) => {
  const port = await serveTcp(t, () => undefined);
  const controller = new AbortController();
  const pending = failure(client(t).getJson({ url: `http://127.0.0.1:${port}/`, signal: controller.signal }));
  setTimeout(() => controller.abort(), 20);
  assert.equal((await pending)[0], 'aborted');
});

test('a connection reset, cut in the body or not speaking HTTP is named', async (t) => {
  const reset = await serveTcp(t, (socket) => void socket.once('data', () => socket.resetAndDestroy()));
  const cut = await serveTcp(t, (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"ke'));
  const foreign = await serveTcp(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  const http = client(t);
  const code = async (port: number): Promise<string> =>
    (await failure(http.getJson({ url: `http://127.0.0.1:${port}/` })))[0];
  assert.equal(await code(reset), 'connection_lost');
  assert.equal(await code(cut), 'connection_lost');
  assert.equal(await code(foreign), 'malformed_answer');
  assert.equal((await failure(http.getJson({ url: `https://127.0.0.1:${foreign}/` })))[0], 'tls_failed');
});

test('a port on which nobody listens refuses, and a name that nobody knows is unknown', async (t) => {
  const http = client(t, {}, resolver({}));
  assert.equal((await failure(http.getJson({ url: 'http://127.0.0.1:1/' })))[0], 'refused');
  assert.equal((await failure(http.getJson({ url: 'https://nowhere.example/' })))[0], 'unknown_host');
});

test('an authority of the CA file is trusted, and no other', async (t) => {
  const port = await serveSecurely(t, authority.issue('idp.example'), (_, response) => sendJson(response, {}));
  const url = `https://idp.example:${port}/`;
  const resolve = resolver({ 'idp.example': ['127.0.0.1'] });
  assert.ok((await client(t, { caFile: caFile(t) }, resolve).getJson({ url })).ok);
  assert.equal((await failure(client(t, {}, resolve).getJson({ url })))[0], 'tls_untrusted');
});

test('a certificate that has expired, is not valid yet or is for another host is named', async (t) => {
  const day = 24 * 60 * 60 * 1000;
  const ago = (days: number): Date => new Date(Date.now() - days * day);
  const expired = authority.issue('idp.example', { from: ago(30), to: ago(1) });
  const tooEarly = authority.issue('idp.example', { from: ago(-1), to: ago(-30) });
  const http = client(t, { caFile: caFile(t) }, resolver({ 'idp.example': ['127.0.0.1'] }));
  const cases = [
    [expired, 'tls_expired'],
    [tooEarly, 'tls_not_yet_valid'],
    [selfSigned('idp.example'), 'tls_self_signed'],
    [authority.issue('other.example'), 'tls_wrong_host'],
  ] as const;
  for (const [identity, expected] of cases) {
    const port = await serveSecurely(t, identity, (_, response) => sendJson(response, {}));
    assert.equal((await failure(http.getJson({ url: `https://idp.example:${port}/` })))[0], expected);
  }
});

test('a certificate for another host says for which it is', async (t) => {
  const port = await serveSecurely(t, authority.issue('other.example'), (_, response) => sendJson(response, {}));
  const http = client(t, { caFile: caFile(t) }, resolver({ 'idp.example': ['127.0.0.1'] }));
  const [, facts] = await failure(http.getJson({ url: `https://idp.example:${port}/` }));
  assert.equal(facts['names'], 'DNS:other.example');
});

test('a proxy that cannot be one is refused at once, without repeating its password', () => {
  for (const url of ['ada:secret@proxy.example', 'socks5://ada:secret@proxy.example', 'secret proxy']) {
    assert.throws(
      () => createHttpClient({ proxy: url }),
      (error: Error) => /not an http or https URL/.test(error.message) && !JSON.stringify(error).includes('secret'),
    );
  }
});

test('through a proxy, the tunnel leads to the host by name, and the password goes to the proxy only', async (t) => {
  const identity = authority.issue('idp.example');
  const toServer: unknown[] = [];
  const target = await serveSecurely(t, identity, (request, response) => {
    toServer.push(request.headers['proxy-authorization']);
    sendJson(response, { through: 'proxy' });
  });
  const tunnels: string[] = [];
  const proxy = await serveTcp(t, (socket) => {
    socket.once('data', (head) => {
      tunnels.push(head.toString());
      const upstream = connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => undefined);
      socket.once('close', () => upstream.destroy());
    });
  });
  const http = client(t, { caFile: caFile(t), proxy: `http://ada:pass@127.0.0.1:${proxy}` }, resolver({}));
  const result = await http.getJson({ url: 'https://idp.example/jwks' });
  assert.ok(result.ok);
  assert.match(tunnels[0] ?? '', /^CONNECT idp\.example:443 HTTP\/1\.1\r\n/);
  assert.match(tunnels[0] ?? '', /proxy-authorization: Basic YWRhOnBhc3M=/i);
  assert.deepEqual(toServer, [undefined]);
});

test('a proxy that is down or refuses is named, and forbidden addresses stay forbidden', async (t) => {
  const refusing = await serveTcp(t, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  });
  const url = 'https://idp.example/';
  const down = client(t, { proxy: 'http://127.0.0.1:1' });
  const closed = client(t, { proxy: `http://127.0.0.1:${refusing}` });
  assert.equal((await failure(down.getJson({ url })))[0], 'proxy_failed');
  assert.equal((await failure(closed.getJson({ url })))[0], 'proxy_failed');
  assert.equal((await failure(closed.getJson({ url: 'https://169.254.169.254/' })))[0], 'forbidden_address');
  assert.equal((await failure(closed.getJson({ url: 'http://idp.example/' })))[0], 'not_https');
});

test('loopback and excepted hosts are called directly though there is a proxy', async (t) => {
  const port = await serve(t, (_, response) => sendJson(response, {}));
  const http = client(
    t,
    { proxy: 'http://127.0.0.1:1', noProxy: ['idp.example'] },
    resolver({ 'idp.example': ['127.0.0.1'] }),
  );
  for (const host of ['127.0.0.1', 'idp.example']) {
    assert.ok((await http.getJson({ url: `http://${host}:${port}/` })).ok, host);
  }
});
