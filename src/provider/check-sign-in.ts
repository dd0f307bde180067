import { isScopeToken } from '../protocol/scope.ts';
import type { SignInIssuerOptions } from './federation/sign-in-issuer.ts';
import { isConfidential } from './loopback.ts';
import { fault, type OptionFault } from './option-fault.ts';

/** It stands in the redirect URI. */
const name = /^[a-z0-9_-]{1,63}$/;

/** Claims by which tokens are told apart and judged: only we ourselves may say them. */
const ours: ReadonlySet<string> = new Set(
  'iss sub aud exp nbf iat jti client_id scope sid cnf act azp nonce at_hash auth_time acr amr'.split(' '),
);

export function checkSignIn(options: SignInIssuerOptions): readonly OptionFault[] {
  const { issuer, discovery, client, scopes = [], claims = {} } = options;
  return [
    ...(name.test(options.name)
      ? []
      : [fault(['name'], 'is no name.', 'Use lower-case letters, digits, "-" and "_".')]),
    ...checkUrl('issuer', issuer),
    ...(discovery === undefined ? [] : checkUrl('discovery', discovery)),
    ...(client.id === '' ? [fault(['client', 'id'], 'is empty.', 'Give the client id that the issuer knows.')] : []),
    ...(client.secret === ''
      ? [fault(['client', 'secret'], 'is empty.', 'Give the secret, or leave it out for a public client.')]
      : []),
    ...scopes.flatMap((scope, index) =>
      isScopeToken(scope) ? [] : [fault(['scopes', index], 'is no scope.', 'Use printable ASCII without space.')],
    ),
    ...Object.keys(claims)
      .filter((claim) => ours.has(claim))
      .map((claim) => fault(['claims', claim], 'is a claim that only the provider itself may say.', 'Rename it.')),
  ];
}

function checkUrl(member: 'issuer' | 'discovery', text: string): readonly OptionFault[] {
  const url = URL.parse(text);
  if (url !== null && isConfidential(url) && !text.includes('#')) return [];
  return [fault([member], 'is no https URL.', 'Give the https URL, to the letter; http is for loopback only.')];
}
