import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A small API to stand behind the gateway in the demo: it answers with what it sees of the caller. */
export function createDemoUpstream(): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream.invalid');
    if (url.pathname === '/callback') answerCallback(url, response);
    else answerWithCaller(request, url, response);
  });
}

function answerWithCaller(request: IncomingMessage, url: URL, response: ServerResponse): void {
  request.resume();
  sendJson(response, {
    message: `${request.method} ${url.pathname} reached the upstream`,
    caller: callerOf(request),
    identity: identityOf(request),
  });
}

/** The headers by which the gateway says who is calling. */
function callerOf(request: IncomingMessage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.startsWith('gatehouse-')));
}

/** The claims of the JWT that the gateway minted for this upstream. A real API would verify it by the provider's keys. */
function identityOf(request: IncomingMessage): unknown {
  const payload = request.headers.authorization?.split('.')[1];
  if (payload === undefined) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}

/** Where the demo's web client is sent back to after sign-in: shows how to redeem the code. */
function answerCallback(url: URL, response: ServerResponse): void {
  const code = url.searchParams.get('code');
  const error = url.searchParams.get('error_description') ?? url.searchParams.get('error');
  sendJson(
    response,
    code === null ? { error } : { code, next: 'redeem the code with the command that the demo prints' },
  );
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}
