// An introspection endpoint (RFC 7662) that knows the tokens of a file, one a line. It answers from memory.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , file = ''] = process.argv;
const active = new Set(readFileSync(file, 'utf8').split('\n'));

function answerFor(token: string): string {
  if (!active.has(token)) return '{"active":false}';
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'http://127.0.0.1:18081',
    aud: 'https://orders.example',
    sub: 'reporting',
    scope: 'orders:read',
  };
  return JSON.stringify({ active: true, ...claims, client_id: 'reporting', token_type: 'Bearer', exp: now + 600 });
}

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const answer = answerFor(new URLSearchParams(body).get('token') ?? '');
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
}).listen(19001, '127.0.0.1');
