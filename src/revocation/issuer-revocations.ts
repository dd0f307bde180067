import type { EpochMs, NumericDate } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { type Ancestor, digestOf, digestOfPair } from '../protocol/ancestors.ts';
import type { Principal } from '../protocol/principal.ts';
import { DigestTable } from './digest-table.ts';
import { type RevocationEffect, type RevocationKind, revocationKinds } from './revocation.ts';
import type { RevocationMatch } from './revocation-match.ts';
import { always } from './revocation-records.ts';

/** A kind has its own table, and so have the subjects that are narrowed to a client. */
type Table = RevocationKind | 'subject of client';

/** By table, the digest under which a token would be found there. */
const digests: Readonly<Record<Table, (principal: Principal) => string | undefined>> = {
  token: ({ tokenHash }) => tokenHash,
  jti: ({ tokenId }) => digestOf(tokenId),
  subject: ({ subject }) => digestOf(subject),
  'subject of client': ({ subject, client }) =>
    subject === undefined || client === undefined ? undefined : digestOfPair(subject, client),
  client: ({ client }) => digestOf(client),
  session: ({ session }) => digestOf(session),
  key: ({ keyId }) => digestOf(keyId),
  issuer: ({ issuer }) => digestOf(issuer),
};

/** The revocations of one issuer. */
export class IssuerRevocations {
  readonly #tables = new Map<Table, DigestTable>();

  get size(): number {
    let size = 0;
    for (const table of this.#tables.values()) size += table.size;
    return size;
  }

  add(entry: RevocationEffect): void {
    const { kind, value, client, seq, expiresAt } = entry;
    const record = { seq, before: reachOf(entry), expiresAt };
    const [table, digest] = placeOf(kind, value, client);
    this.#table(table).add(digest, record);
  }

  match(principal: Principal): RevocationMatch | undefined {
    return this.#match((table) => digests[table](principal), principal.nestedTokenHash, principal.issuedAt);
  }

  /** The same, for what a token was exchanged for. */
  matchAncestor({ issuer, digests: known, issuedAt }: Ancestor): RevocationMatch | undefined {
    const digestIn = (table: Table): string | undefined => {
      if (table === 'issuer') return digestOf(issuer);
      return known[table === 'subject of client' ? 'subject_of_client' : table];
    };
    return this.#match(digestIn, known.nested, issuedAt);
  }

  /**
   * Cut-offs form a lattice: the effective one is the latest of all that hit, whatever kind it came by. Where none
   * kills, the entry that will, soonest.
   */
  #match(
    digestIn: (table: Table) => string | undefined,
    nestedHash: string | undefined,
    issuedAt: NumericDate | undefined,
  ): RevocationMatch | undefined {
    let furthest: Hit | undefined;
    let soonest: Hit | undefined;
    for (const [table, records] of this.#tables) {
      const found = find(records, digestIn(table), table === 'token' ? nestedHash : undefined);
      if (found === undefined) continue;
      const hit = { table, seq: found.seq, before: found.before };
      if (isScheduled(hit)) soonest = further(hit, soonest);
      else furthest = further(hit, furthest);
    }
    if (furthest !== undefined && kills(furthest.before, issuedAt)) return told(furthest);
    return soonest && told(soonest);
  }

  /** Drops the records whose time has come, in steps; yields how many each step dropped. */
  *purge(now: EpochMs): Generator<number> {
    for (const [table, records] of this.#tables) {
      yield* records.purge(now);
      if (records.size === 0) this.#tables.delete(table);
    }
  }

  #table(table: Table): DigestTable {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const records = new DigestTable();
    this.#tables.set(table, records);
    return records;
  }
}

function placeOf(kind: RevocationKind, value: string, client: string | undefined): readonly [Table, string] {
  if (kind === 'token') return [kind, value];
  return client === undefined ? [kind, sha256Hex(value)] : ['subject of client', digestOfPair(value, client)];
}

/** An encrypted token is known by two hashes, and dies by either. */
function find(records: DigestTable, digest: string | undefined, nestedHash: string | undefined): Found | undefined {
  const found = digest === undefined ? undefined : records.latest(digest);
  if (nestedHash === undefined) return found;
  const nested = records.latest(nestedHash);
  return found === undefined || (nested !== undefined && nested.before > found.before) ? nested : found;
}

type Found = NonNullable<ReturnType<DigestTable['latest']>>;

interface Hit {
  readonly table: Table;
  readonly seq: number;
  readonly before: NumericDate;
}

/** What names one token has no cut-off: in its place stands how soon it begins, so that sooner reaches further. */
function reachOf({ kind, before, from, at }: RevocationEffect): NumericDate {
  if (revocationKinds[kind].takesCutOff) return before ?? Math.floor(at / 1000);
  return from === undefined ? always : always - Math.floor(from / 1000);
}

function isScheduled({ table, before }: Hit): boolean {
  return (table === 'token' || table === 'jti') && before !== always;
}

function further(hit: Hit, other: Hit | undefined): Hit {
  return other === undefined || hit.before > other.before ? hit : other;
}

/** `iat` counts whole seconds: of two tokens of the cut-off's second, nobody can say which came first. Both die. */
function kills(before: NumericDate, issuedAt: NumericDate | undefined): boolean {
  // Written so that an `iat` that is no number dies.
  return before === always || issuedAt === undefined || !(Math.floor(issuedAt) > before);
}

function told(hit: Hit): RevocationMatch {
  const { table, seq, before } = hit;
  const kind = table === 'subject of client' ? 'subject' : table;
  if (isScheduled(hit)) return { kind, seq, before: undefined, from: (always - before) * 1000 };
  return { kind, seq, before: before === always ? undefined : before, from: undefined };
}
