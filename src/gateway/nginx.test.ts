import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aGateway, anApi, sendRaw } from '../../test/fixtures/a-gateway.ts';
import { serve } from '../../test/fixtures/a-server.ts';

const skip = spawnSync('nginx', ['-V']).status === 0 ? false : 'no nginx here (apt-get install nginx-light)';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** As nginx's own documentation of auth_request has it. */
function configuration(port: number, gateway: number, upstream: number): string {
  return `
    daemon off; worker_processes 1; pid nginx.pid; error_log stderr crit;
    events {}
    http {
      access_log off;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      server {
        listen 127.0.0.1:${port};
        location / {
          auth_request /_decide;
          auth_request_set $subject $upstream_http_gatehouse_subject;
          auth_request_set $client $upstream_http_gatehouse_client;
          proxy_set_header Gatehouse-Subject $subject;
          proxy_set_header Gatehouse-Client $client;
          proxy_set_header Authorization "";
          proxy_pass http://127.0.0.1:${upstream};
        }
        location = /_decide {
          internal;
          proxy_pass http://127.0.0.1:${gateway}/decide;
          proxy_pass_request_body off;
          proxy_set_header Content-Length "";
          proxy_set_header X-Original-Method $request_method;
          proxy_set_header X-Original-URI $request_uri;
          proxy_set_header X-Original-Host $http_host;
        }
      }
    }`;
}

async function startNginx(t: TestContext, gateway: number, upstream: number): Promise<number> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-nginx-'));
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, gateway, upstream));
  const nginx: ChildProcess = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], { stdio: 'ignore' });
  t.after(async () => {
    nginx.kill();
    await new Promise((resolve) => (nginx.exitCode === null ? nginx.once('exit', resolve) : resolve(undefined)));
    rmSync(folder, { recursive: true, force: true });
  });
  for (let i = 0; i < 100 && (await sendRaw(port, 'GET / HTTP/1.0\r\n\r\n')) === ''; i++) await pause(50);
  return port;
}

test("Debian's nginx lets in whom the decision service lets in, and nobody else", { skip }, async (t) => {
  const seen: IncomingHttpHeaders[] = [];
  const upstream = await serve(t, (incoming, response) => {
    seen.push(incoming.headers);
    response.end('let in');
  });
  const api = anApi(1, { route: { hosts: ['api.example.com'], path: '/orders' } });
  const gateway = await aGateway(t, [api], { trustedProxies: ['127.0.0.1'] });
  const port = await startNginx(t, gateway.port, upstream);
  const send = (request: string, ...fields: readonly string[]) =>
    sendRaw(
      port,
      [`${request} HTTP/1.1`, 'Host: api.example.com', 'Connection: close', ...fields, '\r\n'].join('\r\n'),
    );

  const letIn = await send('GET /orders/1', 'Authorization: Bearer good', 'Gatehouse-Subject: root');
  assert.match(letIn, /^HTTP\/1\.1 200 OK[\s\S]*let in/);
  assert.equal(seen[0]?.['gatehouse-subject'], 'mira');
  assert.equal(seen[0]?.authorization, undefined);

  const refused = await send('GET /orders/1', 'Authorization: Bearer bad');
  assert.match(refused, /^HTTP\/1\.1 401 [\s\S]*WWW-Authenticate: Bearer realm="gatehouse", error="invalid_token"/i);

  const post = await sendRaw(
    port,
    'POST /orders HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer good\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody',
  );
  assert.match(post, /^HTTP\/1\.1 200 OK/);

  for (const [request, ...fields] of [
    ['GET /admin', 'Authorization: Bearer good'],
    ['GET /orders/..%2fadmin', 'Authorization: Bearer good'],
    ['GET /orders', 'Authorization: Bearer good', 'X-Forwarded-Uri: /orders', 'X-Forwarded-Method: GET'],
    ['GET /orders', 'Authorization: Bearer good', 'Authorization: Bearer good'],
    ['GET /orders', 'Cookie: %%%=\x80;;='],
  ] as const) {
    assert.doesNotMatch(await send(request, ...fields), /let in/, request);
  }
  assert.equal(seen.length, 2);
});
