import type { EpochMs } from '../base/clock.ts';
import { clientAssertion } from './client-assertion.ts';
import type { ClientKey } from './client-key.ts';

/** How we prove to an issuer's endpoint who asks (RFC 7662 section 2.1). */
export type ClientAuthentication =
  /** RFC 6749 section 2.3.1, in the Authorization header. */
  | { readonly method: 'client_secret_basic'; readonly clientId: string; readonly clientSecret: string }
  /** RFC 6749 section 2.3.1, in the body. */
  | { readonly method: 'client_secret_post'; readonly clientId: string; readonly clientSecret: string }
  /** RFC 7523 section 2.2. */
  | {
      readonly method: 'private_key_jwt';
      readonly clientId: string;
      readonly key: ClientKey;
      /** The `aud` of our assertions. Default: the issuer identifier. */
      readonly audience?: string;
    }
  /** An access token of ours for the endpoint. The client id only tells signed answers for us from others'. */
  | { readonly method: 'bearer'; readonly token: string; readonly clientId?: string }
  /** Nothing is proved; a public client says who it is. */
  | { readonly method: 'none'; readonly clientId?: string };

/** What a request carries to prove who asks. */
export interface ClientProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** @param issuer the issuer identifier, for which an assertion is unless another audience is configured */
export async function proveClient(client: ClientAuthentication, issuer: string, now: EpochMs): Promise<ClientProof> {
  switch (client.method) {
    case 'client_secret_basic':
      return inHeader(
        `Basic ${Buffer.from(basicCredentials(client.clientId, client.clientSecret)).toString('base64')}`,
      );
    case 'client_secret_post':
      return inBody({ client_id: client.clientId, client_secret: client.clientSecret });
    case 'private_key_jwt': {
      const { clientId, key, audience = issuer } = client;
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return inBody({ client_assertion_type, client_assertion: await clientAssertion(clientId, key, audience, now) });
    }
    case 'bearer':
      return inHeader(`Bearer ${client.token}`);
    case 'none':
      return inBody(client.clientId === undefined ? {} : { client_id: client.clientId });
  }
}

/** RFC 6749 section 2.3.1: both are form-encoded first, or a colon, a percent sign or an umlaut would change them. */
function basicCredentials(clientId: string, clientSecret: string): string {
  return `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
}

/** RFC 6749 appendix B. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

function inHeader(authorization: string): ClientProof {
  return { headers: { authorization }, parameters: {} };
}

function inBody(parameters: ClientProof['parameters']): ClientProof {
  return { headers: {}, parameters };
}
