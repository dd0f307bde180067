import type { Principal } from '../protocol/principal.ts';
import { celValue } from './cel-value.ts';

/** What an expression may ask of `principal`, with its CEL type. */
export const principalFields = {
  issuer: 'string',
  subject: 'string',
  client: 'string',
  consumer: 'string',
  scopes: 'list<string>',
  roles: 'list<string>',
  groups: 'list<string>',
  audiences: 'list<string>',
  claims: 'map<string, dyn>',
  kind: 'string',
  issuedAt: 'google.protobuf.Timestamp',
  expires: 'google.protobuf.Timestamp',
};

/** Thrown while an expression asks for groups that the issuer did not list. */
export class GroupsUnknown extends Error {}

/** `principal` as CEL sees it; each fact is converted when it is first asked for. */
export class PrincipalFacts {
  readonly #principal: Principal;
  #claims: unknown;

  constructor(principal: Principal) {
    this.#principal = principal;
  }

  get issuer(): string {
    return this.#principal.issuer;
  }

  get subject(): string | undefined {
    return this.#principal.subject;
  }

  get client(): string | undefined {
    return this.#principal.client;
  }

  get consumer(): string | undefined {
    return this.#principal.consumer;
  }

  get scopes(): ReadonlySet<string> {
    return this.#principal.scopes;
  }

  get roles(): readonly string[] {
    return this.#principal.roles;
  }

  get groups(): readonly string[] {
    if (this.#principal.groups === 'unknown') throw new GroupsUnknown();
    return this.#principal.groups;
  }

  get audiences(): readonly string[] {
    return this.#principal.audiences;
  }

  get claims(): unknown {
    this.#claims ??= celValue(this.#principal.claims);
    return this.#claims;
  }

  get kind(): string {
    return this.#principal.kind;
  }

  get issuedAt(): Date | undefined {
    const { issuedAt } = this.#principal;
    return issuedAt === undefined ? undefined : new Date(issuedAt * 1000);
  }

  get expires(): Date {
    return new Date(this.#principal.expiresAt);
  }
}

const known = new WeakMap<Principal, PrincipalFacts>();

/** A token is presented many times: its facts are converted once and kept as long as its principal is. */
export function principalFacts(principal: Principal): PrincipalFacts {
  const facts = known.get(principal) ?? new PrincipalFacts(principal);
  known.set(principal, facts);
  return facts;
}
