import type { IncomingMessage, ServerResponse } from 'node:http';
import { readForm, sendJson } from './exchange.ts';
import { isLabClient } from './lab-client.ts';
import type { LabIssuer } from './lab-issuer.ts';
import { misbehave } from './misbehave.ts';

/** RFC 7662 section 2, or Google's way. */
export async function answerIntrospection(
  issuer: LabIssuer,
  response: ServerResponse,
  request: IncomingMessage,
): Promise<void> {
  issuer.requests.introspection++;
  const form = await readForm(request);
  if (misbehave(issuer, response)) return;
  if (issuer.shape.introspectionProtocol === 'tokeninfo') answerTokeninfo(issuer, response, request, form);
  else if (isLabClient(request)) {
    const answer = issuer.introspect(form.get('token') ?? '');
    sendJson(response, 200, answer === undefined ? { active: false } : { active: true, ...answer });
  } else refuseClient(response);
}

/** Nobody authenticates, and a token that is not active is a bad request. */
function answerTokeninfo(
  issuer: LabIssuer,
  response: ServerResponse,
  request: IncomingMessage,
  form: URLSearchParams,
): void {
  const query = new URL(request.url ?? '/', 'http://lab').searchParams;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const answer = issuer.introspect(form.get('access_token') ?? query.get('access_token') ?? bearer ?? '');
  if (answer === undefined) sendJson(response, 400, { error: 'invalid_token', error_description: 'Invalid Value' });
  else sendJson(response, 200, answer);
}

/** RFC 7009 section 2.2: the answer is the same for a token that is unknown. */
export async function answerRevocation(
  issuer: LabIssuer,
  response: ServerResponse,
  request: IncomingMessage,
): Promise<void> {
  const form = await readForm(request);
  if (!isLabClient(request)) return refuseClient(response);
  issuer.revoke(form.get('token') ?? '');
  sendJson(response, 200, {});
}

/** RFC 6749 section 5.2 */
function refuseClient(response: ServerResponse): void {
  response.setHeader('www-authenticate', 'Basic realm="lab"');
  sendJson(response, 401, { error: 'invalid_client' });
}
