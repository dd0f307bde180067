import { errors } from '../engine/library.ts';
import type { ExchangeGrant } from '../exchange-rule.ts';

/** The parameters of a token request: a string, or several where it may be repeated. */
export type Parameters = Readonly<Record<string, unknown>>;

/** What a client asks for, under either grant. */
export interface ExchangeRequest {
  readonly grant: ExchangeGrant;
  /** What is to be exchanged. */
  readonly token: string;
  /** What the grant calls it, for those who read why it is refused. */
  readonly tokenName: 'subject token' | 'assertion';
  /** Whether it must be a JWT, and no other form is taken. */
  readonly jwtOnly: boolean;
  /** What names the API (RFC 8707): its audience. */
  readonly resources: readonly string[];
  /** What names the API (RFC 8693 section 2.1): its audience, or its name in our configuration. */
  readonly audiences: readonly string[];
  /** Undefined: the client leaves it to us (RFC 6749 section 3.3). */
  readonly scopes: readonly string[] | undefined;
  /** What kind of token is wanted (RFC 8693 section 3); undefined where the grant knows no kinds. */
  readonly wanted: IssuedTokenType | undefined;
}

export type IssuedTokenType = (typeof tokenTypes)['access_token' | 'jwt'];

const tokenTypes = {
  access_token: 'urn:ietf:params:oauth:token-type:access_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
  id_token: 'urn:ietf:params:oauth:token-type:id_token',
  refresh_token: 'urn:ietf:params:oauth:token-type:refresh_token',
} as const;

/** Why those tokens are not taken that someone might reasonably try. */
const notTaken: Readonly<Record<string, string>> = {
  [tokenTypes.id_token]: 'an ID token tells its client who signed in, and gives no access to anything',
  [tokenTypes.refresh_token]: 'a refresh token is for the server that issued it alone',
};

/** The parameters of each grant, besides those of every token request. */
export const exchangeParameters: Readonly<Record<ExchangeGrant, readonly string[]>> = {
  'token-exchange': [
    ...['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type'],
    ...['resource', 'audience', 'scope'],
  ],
  'jwt-bearer': ['assertion', 'resource', 'scope'],
};

/** @throws InvalidRequest */
export function readExchangeRequest(parameters: Parameters, grant: ExchangeGrant): ExchangeRequest {
  const common = {
    grant,
    resources: listed(parameters['resource']),
    audiences: listed(parameters['audience']),
    scopes: readScopes(parameters),
  };
  if (grant === 'jwt-bearer') {
    const token = required(parameters, 'assertion');
    return { ...common, token, tokenName: 'assertion', jwtOnly: true, wanted: undefined };
  }
  const token = required(parameters, 'subject_token');
  const jwtOnly = readSubjectTokenType(parameters) === tokenTypes.jwt;
  refuseActorToken(parameters);
  return { ...common, token, tokenName: 'subject token', jwtOnly, wanted: readWanted(parameters) };
}

function readScopes(parameters: Parameters): readonly string[] | undefined {
  const scope = optional(parameters, 'scope');
  return scope === undefined ? undefined : [...new Set(scope.split(' '))];
}

function readSubjectTokenType(parameters: Parameters): string {
  const type = required(parameters, 'subject_token_type');
  if (type === tokenTypes.access_token || type === tokenTypes.jwt) return type;
  throw new errors.InvalidRequest(`this subject_token_type is not taken: ${notTaken[type] ?? 'it is unknown here'}`);
}

/** Who acts is the client, which has authenticated: nobody else's word is needed for it, and none is taken. */
function refuseActorToken(parameters: Parameters): void {
  if (optional(parameters, 'actor_token') === undefined && optional(parameters, 'actor_token_type') === undefined)
    return;
  throw new errors.InvalidRequest('actor_token is not taken: the client that asks is the one that acts');
}

function readWanted(parameters: Parameters): IssuedTokenType {
  const type = optional(parameters, 'requested_token_type') ?? tokenTypes.access_token;
  if (type === tokenTypes.access_token || type === tokenTypes.jwt) return type;
  throw new errors.InvalidRequest('this requested_token_type is not issued here: ask for an access_token');
}

/** Whether a kind of token can be had where tokens have this format. */
export function isOfFormat(wanted: IssuedTokenType | undefined, format: 'jwt' | 'opaque'): boolean {
  return wanted !== tokenTypes.jwt || format === 'jwt';
}

function required(parameters: Parameters, name: string): string {
  const value = optional(parameters, name);
  if (value === undefined) throw new errors.InvalidRequest(`missing required parameter(s): ${name}`);
  return value;
}

/** RFC 6749 section 3.2: "Parameters sent without a value MUST be treated as if they were omitted from the request." */
function optional(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listed(value: unknown): readonly string[] {
  return [value ?? []].flat().map(String);
}
