import type { JWK } from 'jose';
import { isScopeToken } from '../protocol/scope.ts';
import type { ClientOptions } from './client-options.ts';
import { isConfidential } from './loopback.ts';
import { fault, type OptionFault } from './option-fault.ts';
import { type GrantType, grantTypes } from './registered-client.ts';

/** RFC 6749 appendix A.1 and A.2: client ids and secrets are of VSCHAR, %x20-7E. */
const vschar = /^[\x20-\x7e]+$/;

/**
 * RFC 6749 section 4.4: "The client credentials grant type MUST only be used by confidential clients." Whoever has a
 * token of someone else's must at least say who they are to have it exchanged (RFC 8693 section 5).
 */
const confidentialGrants: ReadonlySet<GrantType> = new Set(['client_credentials', 'token-exchange', 'jwt-bearer']);

/** Everything that is wrong with a client. Types are examined too, since an entry may come from JSON. */
export function checkClient(client: ClientOptions): readonly OptionFault[] {
  return [
    ...checkIdentity(client),
    ...checkGrants(client),
    ...checkScopes(client),
    ...checkUris('redirectUris', client.redirectUris, client.native),
    ...checkUris('postLogoutRedirectUris', client.postLogoutRedirectUris, client.native),
  ];
}

function checkIdentity({ id, secret, jwks }: ClientOptions): readonly OptionFault[] {
  const faults: OptionFault[] = [];
  if (!vschar.test(id)) faults.push(fault(['id'], 'is no client id.', 'Use one or more printable ASCII characters.'));
  if (secret !== undefined && !vschar.test(secret)) {
    faults.push(fault(['secret'], 'is no client secret.', 'Use one or more printable ASCII characters.'));
  }
  if (secret !== undefined && jwks !== undefined) {
    faults.push(fault(['jwks'], 'stands beside a secret.', 'Keep one of the two: a client authenticates in one way.'));
  }
  if (jwks !== undefined && !(jwks.keys.length > 0 && jwks.keys.every(isPublicKey))) {
    faults.push(fault(['jwks'], 'holds a key that is not public.', 'Give the public halves of RSA, EC or OKP keys.'));
  }
  return faults;
}

function isPublicKey(key: JWK): boolean {
  return key.kty !== 'oct' && key.d === undefined && key.k === undefined;
}

function checkGrants({ grants, secret, jwks, redirectUris = [] }: ClientOptions): readonly OptionFault[] {
  const faults: OptionFault[] = [];
  const isPublic = secret === undefined && jwks === undefined;
  if (grants.length === 0 || !grants.every((grant) => grantTypes.includes(grant))) {
    faults.push(fault(['grants'], 'lists no grant that is known.', `Use some of ${grantTypes.join(', ')}.`));
  }
  const ofConfidential = isPublic ? grants.find((grant) => confidentialGrants.has(grant)) : undefined;
  if (ofConfidential !== undefined) {
    faults.push(fault(['secret'], `is missing for ${ofConfidential}.`, 'Give the client a secret, or `jwks`.'));
  }
  if (grants.includes('authorization_code') && redirectUris.length === 0) {
    faults.push(fault(['redirectUris'], 'is empty.', 'authorization_code needs to know where to send people back.'));
  }
  if (grants.includes('refresh_token') && !grants.includes('authorization_code')) {
    faults.push(fault(['grants'], 'has refresh_token alone.', 'Add authorization_code: refresh tokens come from it.'));
  }
  return faults;
}

function checkScopes({ scopes = [] }: ClientOptions): readonly OptionFault[] {
  return scopes.flatMap((scope, index) =>
    isScopeToken(scope)
      ? []
      : [fault(['scopes', index], 'is no scope.', 'Use printable ASCII without space, quote or backslash.')],
  );
}

function checkUris(
  member: 'redirectUris' | 'postLogoutRedirectUris',
  uris: readonly string[] = [],
  native = false,
): readonly OptionFault[] {
  return uris.flatMap((uri, index) => {
    const reason = faultOfUri(uri, native);
    if (reason === undefined) return [];
    return [fault([member, index], reason, 'Use https, http on loopback, or with `native` a scheme like com.example:')];
  });
}

function faultOfUri(uri: string, native: boolean): string | undefined {
  const url = URL.parse(uri);
  if (url === null) return 'is no absolute URI.';
  if (uri.includes('#')) return 'has a fragment (RFC 6749 section 3.1.2 forbids it).';
  if (isConfidential(url)) return undefined;
  if (url.protocol === 'http:') return 'could be read on the way.';
  // RFC 8252 section 7.1: private-use schemes are reversed domain names, hence with a dot.
  if (native && url.protocol.includes('.')) return undefined;
  return 'has a scheme that is not for this client.';
}
