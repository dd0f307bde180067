import { oidcClaims } from '../engine/oidc-claims.ts';
import { federationCallback } from './federation-callback.ts';
import type { ClaimPlaces } from './map-claims.ts';

/** A federated issuer at which people can sign in, as the configuration has it. */
export interface SignInIssuerOptions {
  /** By which our addresses and the log know it; unique. */
  readonly name: string;
  /** Its issuer identifier, to the letter. */
  readonly issuer: string;
  /** The discovery document, where it is not at the well-known place. */
  readonly discovery?: string | undefined;
  /** What people know it as. Default: the name. */
  readonly title?: string | undefined;
  /** Who we are there; a public client has no secret. */
  readonly client: { readonly id: string; readonly secret?: string | undefined };
  /** What is asked for besides `openid`. Default: `profile` and `email`. */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Our claims about the person, by the places where the issuer has them, besides those of OpenID Connect Core section
   * 5.4 that the scopes bring and that keep their names.
   */
  readonly claims?: Readonly<Record<string, ClaimPlaces>> | undefined;
}

/** The same, with all that follows from it. */
export interface SignInIssuer {
  readonly name: string;
  readonly identifier: string;
  readonly discovery: string;
  readonly title: string;
  readonly client: SignInIssuerOptions['client'];
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, ClaimPlaces>>;
  /** Claims for whose sake the userinfo endpoint is asked where the ID token lacks them. */
  readonly wanted: readonly string[];
  readonly redirectUri: string;
}

/** @param issuer our own issuer identifier */
export function signInIssuerOf(options: SignInIssuerOptions, issuer: string): SignInIssuer {
  const { name, client, claims = {} } = options;
  const scopes = [...new Set(['openid', ...(options.scopes ?? ['profile', 'email'])])];
  const standard = scopes.flatMap(standardClaims).filter((claim) => claim !== 'sub');
  const kept = standard.map((claim): [string, ClaimPlaces] => [claim, [[claim]]]);
  return Object.freeze({
    name,
    identifier: options.issuer,
    discovery: options.discovery ?? wellKnown(options.issuer),
    title: options.title ?? name,
    client,
    scopes,
    claims: { ...Object.fromEntries(kept), ...claims },
    wanted: [...Object.keys(claims), ...scopes.flatMap((scope) => tellingClaim[scope] ?? [])],
    redirectUri: federationCallback(issuer, name),
  });
}

function standardClaims(scope: string): readonly string[] {
  return Object.hasOwn(oidcClaims, scope) ? oidcClaims[scope as keyof typeof oidcClaims] : [];
}

/** The claim that an issuer which knows the scope's claims will hardly be without. */
const tellingClaim: Readonly<Record<string, string>> = { profile: 'name', email: 'email', phone: 'phone_number' };

/** OpenID Connect Discovery section 4: appended to the path, after "removing any terminating /". */
function wellKnown(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
