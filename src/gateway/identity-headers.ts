import type { Granted } from '../access/index.ts';
import type { Json } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import { foldHeaderName, headerName } from './header-name.ts';
import { headerValue } from './header-value.ts';
import { writeFieldLines } from './http1/field-lines.ts';
import { type ClaimHeaders, fixedNames, type Identity } from './identity.ts';

/** The caller, told in header fields. A claim that is missing sends none. */
export function createClaimHeaders(claims: ClaimHeaders): Identity {
  const mapped = Object.entries(claims);
  for (const [name] of mapped) refuseUnfit(name);
  const memoKey = {};
  return {
    passesToken: false,
    ownNames: new Set(mapped.map(([name]) => foldHeaderName(name))),
    reserved: ['authorization', 'dpop', ...fixedNames, ...mapped.map(([name]) => name.toLowerCase())],
    fieldsFor: (granted) => remember(granted, memoKey, mapped).fields,
    linesFor: (granted) => remember(granted, memoKey, mapped).lines,
  };
}

type Mapped = readonly (readonly [string, readonly string[]])[];

interface ToldIdentity {
  readonly fields: readonly string[];
  readonly lines: string;
}

function remember(granted: Granted, memoKey: object, mapped: Mapped): ToldIdentity {
  const known = granted.memo.get(memoKey) as ToldIdentity | undefined;
  if (known !== undefined) return known;
  const fields = Object.freeze(describe(granted.principal, mapped));
  const made = { fields, lines: writeFieldLines(fields) };
  granted.memo.set(memoKey, made);
  return made;
}

function describe(principal: Principal, mapped: Mapped): readonly string[] {
  const told: readonly (readonly [string, Json | undefined])[] = [
    ['gatehouse-issuer', principal.issuer],
    ['gatehouse-subject', principal.subject],
    ['gatehouse-client', principal.client],
    ['gatehouse-consumer', principal.consumer],
    ['gatehouse-scope', [...principal.scopes].join(' ')],
    ...mapped.map(([name, path]) => [name.toLowerCase(), claimAt(principal.claims, path)] as const),
  ];
  return told.flatMap(([name, claim]) => {
    const value = headerValue(claim);
    return value === undefined ? [] : [name, value];
  });
}

function claimAt(claims: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = claims;
  for (const segment of path) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, segment) ? (value as Record<string, Json>)[segment] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** RFC 9110 section 5.6.2: a field name is a token. Names that steer the message or the gateway itself are not free. */
function refuseUnfit(name: string): void {
  const { role } = headerName(name);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is no header name`);
  if (role !== 'end-to-end' && role !== 'identity') {
    throw new TypeError(`the header ${name} may not be set from a claim`);
  }
}
