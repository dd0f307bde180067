import { createHttpClient, jsonDocument } from '../net/index.ts';
import { CommandFailure } from './command-failure.ts';

export interface TokenRequest {
  readonly issuer: string;
  readonly client: string;
  readonly secret: string;
  /** RFC 8707 */
  readonly resource: string;
  readonly scope?: string | undefined;
}

/**
 * A client credentials request (RFC 6749 section 4.4.2) to our own provider.
 *
 * @throws CommandFailure with what the provider said
 */
export async function requestToken({ issuer, client, secret, resource, scope }: TokenRequest): Promise<string> {
  const http = createHttpClient({});
  const form = new URLSearchParams({ grant_type: 'client_credentials', resource });
  if (scope !== undefined) form.set('scope', scope);
  const answer = await http.send({
    method: 'POST',
    url: `${issuer}/token`,
    headers: {
      authorization: basicCredentials(client, secret),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form.toString(),
  });
  await http.close();
  if (!answer.ok) {
    throw new CommandFailure(
      `the provider at ${issuer} does not answer: ${answer.failure.code}. Remedy: is it started?`,
    );
  }
  const body = jsonDocument(answer.value);
  const said = body.ok && isObject(body.value.value) ? body.value.value : {};
  if (typeof said['access_token'] === 'string') return said['access_token'];
  throw new CommandFailure(
    `the provider refused: ${said['error'] ?? answer.value.status} ${said['error_description'] ?? ''}`,
  );
}

/** RFC 6749 section 2.3.1: both are form-encoded before they are joined. */
function basicCredentials(client: string, secret: string): string {
  const pair = `${encodeURIComponent(client)}:${encodeURIComponent(secret)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
