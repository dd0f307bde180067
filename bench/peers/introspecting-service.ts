// What nginx asks by auth_request: it has each token introspected (RFC 7662) over kept connections.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const endpoint = new Pool('http://127.0.0.1:19001', { connections: 64 });
const credentials = `Basic ${Buffer.from('gate:a-secret-for-the-benchmark-only').toString('base64')}`;

async function isGood(token: string): Promise<boolean> {
  const { body } = await endpoint.request({
    method: 'POST',
    path: '/introspect',
    headers: { authorization: credentials, 'content-type': 'application/x-www-form-urlencoded' },
    body: `token=${encodeURIComponent(token)}&token_type_hint=access_token`,
  });
  const said = (await body.json()) as { active: boolean; aud?: string; exp?: number };
  return said.active && said.aud === 'https://orders.example' && (said.exp ?? 0) * 1000 > Date.now();
}

createServer(async (request, response) => {
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  response.writeHead((await isGood(token)) ? 200 : 401).end();
}).listen(18083, '127.0.0.1');
