import type { EpochMs, NumericDate } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
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
  'subject of client': ({ subject, client }) => digestOfPair(subject, client),
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
    if (kind === 'token') this.#table(kind).add(value, record);
    else if (client === undefined) this.#table(kind).add(sha256Hex(value), record);
    else this.#table('subject of client').add(sha256Hex(pair(value, client)), record);
  }

  /**
   * Cut-offs form a lattice: the effective one is the latest of all that hit, whatever kind it came by. Where none
   * kills, the entry that will, soonest.
   */
  match(principal: Principal): RevocationMatch | undefined {
    let furthest: Hit | undefined;
    let soonest: Hit | undefined;
    for (const [table, records] of this.#tables) {
      const found = find(records, table, principal);
      if (found === undefined) continue;
      const hit = { table, seq: found.seq, before: found.before };
      if (isScheduled(hit)) soonest = further(hit, soonest);
      else furthest = further(hit, furthest);
    }
    if (furthest !== undefined && kills(furthest.before, principal.issuedAt)) return told(furthest);
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

/** An encrypted token is known by two hashes, and dies by either. */
function find(records: DigestTable, table: Table, principal: Principal): Found | undefined {
  const digest = digests[table](principal);
  const found = digest === undefined ? undefined : records.latest(digest);
  if (table !== 'token' || principal.nestedTokenHash === undefined) return found;
  const nested = records.latest(principal.nestedTokenHash);
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

function digestOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : sha256Hex(value);
}

function digestOfPair(subject: string | undefined, client: string | undefined): string | undefined {
  return subject === undefined || client === undefined ? undefined : sha256Hex(pair(subject, client));
}

/** No two pairs give the same text, whatever characters are in them. */
function pair(subject: string, client: string): string {
  return JSON.stringify([subject, client]);
}
