import { createHttpClient, jsonDocument } from '../net/index.ts';
import { CommandFailure } from './command-failure.ts';
import { noAnswer } from './no-answer.ts';

export interface TokenRequest {
  readonly issuer: string;
  readonly client: string;
  readonly secret: string;
  /** RFC 8707 */
  readonly resource: string;
  readonly scope?: string | undefined;
}

/** RFC 6749 section 5.2 */
const remedies: Readonly<Record<string, string>> = {
  invalid_client: 'use the configuration and the files that the running program was started with',
  invalid_scope: "leave out --scope for all that the client may have, or compare it with the client's `scopes`",
  unauthorized_client: "add client_credentials to the client's `grants`",
};

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
  if (!answer.ok) throw noAnswer(`the provider at ${issuer}`, answer.failure);
  const body = jsonDocument(answer.value);
  const said = body.ok && isObject(body.value.value) ? body.value.value : {};
  if (typeof said['access_token'] === 'string') return said['access_token'];
  const error = String(said['error'] ?? `HTTP ${answer.value.status}`);
  const description = said['error_description'] === undefined ? '' : ` (${said['error_description']})`;
  throw new CommandFailure(
    `the provider at ${issuer} refused the client ${client}: ${error}${description}. Remedy: ${remedies[error] ?? "see the program's log"}`,
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
