import type { NumericDate } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Claims, JsonObject } from './claims.ts';

/** In tokens of ours that came by an exchange (RFC 8693): what they came of, the nearest first. */
export const ancestorsClaim = 'gatehouse_ancestors';

/** By what a revocation may name a token, besides its issuer. */
const names = ['token', 'nested', 'jti', 'subject', 'subject_of_client', 'client', 'session', 'key'] as const;

type AncestorName = (typeof names)[number];

/** A token that was exchanged, as what came of it knows it: enough to die with it, too little to say whose it was. */
export interface Ancestor {
  /** Identifier of its issuer, as the revocation log has it. */
  readonly issuer: string;
  readonly issuedAt: NumericDate | undefined;
  /** SHA-256 of each name that it has, lower-case hex. */
  readonly digests: Readonly<Partial<Record<AncestorName, string>>>;
}

interface AncestorFacts {
  readonly issuer: string;
  /** SHA-256 of the token, and of the one that was encrypted in it. */
  readonly hash: string;
  readonly nestedHash?: string | undefined;
  readonly id?: string | undefined;
  readonly subject?: string | undefined;
  readonly client?: string | undefined;
  readonly session?: string | undefined;
  readonly keyId?: string | undefined;
  readonly issuedAt?: NumericDate | undefined;
}

/** As it stands in the claim; what is undefined is left out. */
export function writeAncestor(facts: AncestorFacts): JsonObject {
  const { issuer, hash, nestedHash, id, subject, client, session, keyId, issuedAt } = facts;
  const digests = {
    token: hash,
    nested: nestedHash,
    jti: digestOf(id),
    subject: digestOf(subject),
    subject_of_client: subject === undefined || client === undefined ? undefined : digestOfPair(subject, client),
    client: digestOf(client),
    session: digestOf(session),
    key: digestOf(keyId),
  } satisfies Record<AncestorName, string | undefined>;
  const written = Object.entries({ iss: issuer, iat: issuedAt, ...digests });
  return Object.fromEntries(written.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** @returns undefined where the claim is there and not as it has to be */
export function readAncestors({ [ancestorsClaim]: claim }: Claims): readonly Ancestor[] | undefined {
  if (claim === undefined) return none;
  if (!Array.isArray(claim)) return undefined;
  const read = claim.map(readAncestor);
  return read.every((ancestor) => ancestor !== undefined) ? read : undefined;
}

const none: readonly Ancestor[] = Object.freeze([]);

function readAncestor(entry: unknown): Ancestor | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const { iss, iat, ...digests } = entry as JsonObject;
  if (typeof iss !== 'string' || (iat !== undefined && typeof iat !== 'number')) return undefined;
  const given = names.flatMap((name) => (Object.hasOwn(digests, name) ? [[name, digests[name]] as const] : []));
  if (!given.every(([, digest]) => typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest))) return undefined;
  return { issuer: iss, issuedAt: iat, digests: Object.fromEntries(given) };
}

/** By this, and not by itself, the revocation index and an ancestor know a name. */
export function digestOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : sha256Hex(name);
}

/** Of a subject that is narrowed to a client: no two pairs give the same, whatever characters are in them. */
export function digestOfPair(subject: string, client: string): string {
  return sha256Hex(JSON.stringify([subject, client]));
}
