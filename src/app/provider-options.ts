import type { ApiConfig, ClientConfig, Config, IssuerConfig } from '../config/index.ts';
import { claimsRead } from '../policy/index.ts';
import type {
  AccountOptions,
  ApiOptions,
  ClientOptions,
  ProviderOptions,
  SignInIssuerOptions,
} from '../provider/index.ts';
import { adminApi } from './admin-api.ts';

/** The configuration as src/provider wants it; undefined where there is no provider. */
export function providerOptions(config: Config): ProviderOptions | undefined {
  const { provider } = config;
  if (provider === undefined) return undefined;
  return Object.freeze({
    issuer: provider.issuer,
    apis: [...config.apis.filter(isIssuedFor).map(apiOptions), adminApi],
    clients: config.clients.map(clientOptions),
    accounts: config.accounts.map(accountOptions),
    signIn: config.issuers.flatMap(signInOptions),
    exchange: provider.exchange,
    trustedProxies: provider.trustedProxies,
    lifetimes: provider.lifetimes,
    limits: provider.limits,
    signingAlgorithm: provider.signingAlgorithm,
  });
}

function isIssuedFor({ accept }: ApiConfig): boolean {
  return accept.includes('provider');
}

function apiOptions({ name, audience, scopes, rules, tokens }: ApiConfig): ApiOptions {
  const known = new Set([...(scopes ?? []), ...rules.flatMap((rule) => rule.scopes ?? [])]);
  const claims = tokens?.claims ?? claimsRead(rules);
  return { name, audience: audience[0] ?? '', scopes: [...known], tokens: { ...tokens, claims } };
}

function clientOptions({ secret, ...client }: ClientConfig): ClientOptions {
  return { ...client, secret: secret?.reveal() };
}

/** Issuers at which people can sign in; those that have no identifier have no sign-in. */
function signInOptions({ name, issuer, discovery, signIn }: IssuerConfig): SignInIssuerOptions | [] {
  if (signIn === undefined || issuer === undefined) return [];
  const { client, ...rest } = signIn;
  return { ...rest, name, issuer, discovery, client: { id: client.id, secret: client.secret?.reveal() } };
}

function accountOptions({ password, ...account }: Config['accounts'][number]): AccountOptions {
  return { ...account, password: password.reveal() };
}
