import { isAddressBlock } from '../base/address-blocks.ts';
import { parsePasswordHash } from '../base/password.ts';
import { isScopeToken } from '../protocol/scope.ts';
import { checkClient } from './check-client.ts';
import { checkExchange } from './check-exchange.ts';
import { checkSignIn } from './check-sign-in.ts';
import type { ClientOptions } from './client-options.ts';
import { isConfidential } from './loopback.ts';
import { below, fault, type OptionFault, repeated } from './option-fault.ts';
import type { ApiOptions, ProviderOptions } from './provider-options.ts';
import { chooseTokenFormat } from './token-format.ts';

/** Everything that is wrong with the options. */
export function checkOptions(options: ProviderOptions): readonly OptionFault[] {
  const { issuer, apis, clients = [], accounts = [], signIn = [], exchange = [], trustedProxies = [] } = options;
  return [
    ...checkIssuer(issuer),
    ...apis.flatMap((api, index) => below(['apis', index], checkApi(api))),
    ...unique('apis', 'audience', apis),
    ...clients.flatMap((client, index) => below(['clients', index], checkClient(client))),
    ...unique('clients', 'id', clients),
    ...clients.flatMap((client, index) => below(['clients', index], checkNames(client, apis))),
    ...accounts.flatMap(({ password }, index) =>
      parsePasswordHash(password) === undefined
        ? [fault(['accounts', index, 'password'], 'is no password hash.', 'Make one with `gatehouse hash-password`.')]
        : [],
    ),
    ...unique('accounts', 'username', accounts),
    ...signIn.flatMap((issuer, index) => below(['signIn', index], checkSignIn(issuer))),
    ...unique('signIn', 'name', signIn),
    ...exchange.flatMap((rule, index) => below(['exchange', index], checkExchange(rule, apis))),
    ...trustedProxies.flatMap((block, index) =>
      isAddressBlock(block)
        ? []
        : [fault(['trustedProxies', index], 'is no address.', 'Give an IP address or a CIDR block.')],
    ),
  ];
}

function checkIssuer(issuer: string): readonly OptionFault[] {
  const url = URL.parse(issuer);
  if (url === null || url.origin !== issuer) {
    return [fault(['issuer'], 'is no origin.', 'Give scheme, host and port, with no path and no slash at the end.')];
  }
  if (isConfidential(url)) return [];
  return [fault(['issuer'], 'could be read on the way.', 'Use https; http is for loopback only.')];
}

/** RFC 8707 section 2: a resource is "an absolute URI", without fragment. */
function checkApi({ audience, scopes, tokens }: ApiOptions): readonly OptionFault[] {
  const faults: OptionFault[] = [];
  if (!URL.canParse(audience) || audience.includes('#')) {
    faults.push(fault(['audience'], 'is no absolute URI.', 'Give a URI without fragment, such as https://api.example'));
  }
  scopes.forEach((scope, index) => {
    if (isScopeToken(scope)) return;
    faults.push(fault(['scopes', index], 'is no scope.', 'Use printable ASCII without space, quote or backslash.'));
  });
  if (tokens?.ttl !== undefined && !(tokens.ttl >= 1000)) {
    faults.push(fault(['tokens', 'ttl'], 'is too short.', 'Tokens live for whole seconds: at least one.'));
  }
  if (tokens?.statusList === true && chooseTokenFormat(tokens).format !== 'jwt') {
    const reason = 'is of no use: its tokens are opaque, and whoever takes them asks us.';
    faults.push(fault(['tokens', 'statusList'], reason, 'Take it out, or set `format: jwt`.'));
  }
  return faults;
}

/** What a client names must be there. */
function checkNames(client: ClientOptions, apis: readonly ApiOptions[]): readonly OptionFault[] {
  const known = new Set(apis.map(({ name }) => name));
  const unknown = (member: 'apis' | 'introspects', names: readonly string[] = []): readonly OptionFault[] =>
    names.flatMap((name, index) =>
      known.has(name) || (member === 'introspects' && name === '*')
        ? []
        : [fault([member, index], 'is no API of the provider.', `Use some of ${[...known].join(', ')}.`)],
    );
  return [...unknown('apis', client.apis), ...unknown('introspects', client.introspects)];
}

function unique<Member extends string>(
  list: string,
  member: Member,
  entries: readonly Readonly<Record<Member, string>>[],
): readonly OptionFault[] {
  return repeated(entries.map((entry) => entry[member])).map((index) =>
    fault([list, index, member], 'stands there twice.', 'Give each its own.'),
  );
}
