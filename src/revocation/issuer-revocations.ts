import type { EpochMs, NumericDate } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Principal } from '../protocol/principal.ts';
import { DigestTable } from './digest-table.ts';
import { type Revocation, type RevocationKind, revocationKinds } from './revocation.ts';
import { always } from './revocation-records.ts';

/** Why a token is dead: the entry that reaches furthest. */
export interface RevocationMatch {
  readonly kind: RevocationKind;
  readonly seq: number;
  /** The effective cut-off, in seconds; undefined where the entry names this very token. */
  readonly before: NumericDate | undefined;
}

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

  add({ kind, value, client, before, seq, expiresAt, at }: Revocation): void {
    const reach = revocationKinds[kind].takesCutOff ? (before ?? Math.floor(at / 1000)) : always;
    const record = { seq, before: reach, expiresAt };
    if (kind === 'token') this.#table(kind).add(value, record);
    else if (client === undefined) this.#table(kind).add(sha256Hex(value), record);
    else this.#table('subject of client').add(sha256Hex(pair(value, client)), record);
  }

  /** Cut-offs form a lattice: the effective one is the latest of all that hit, whatever kind it came by. */
  match(principal: Principal): RevocationMatch | undefined {
    let furthest: { table: Table; seq: number; before: NumericDate } | undefined;
    for (const [table, records] of this.#tables) {
      const digest = digests[table](principal);
      const found = digest === undefined ? undefined : records.latest(digest);
      if (found === undefined || found.before <= (furthest?.before ?? -1)) continue;
      furthest = { table, seq: found.seq, before: found.before };
    }
    return furthest !== undefined && kills(furthest.before, principal.issuedAt) ? told(furthest) : undefined;
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

/** `iat` counts whole seconds: of two tokens of the cut-off's second, nobody can say which came first. Both die. */
function kills(before: NumericDate, issuedAt: NumericDate | undefined): boolean {
  // Written so that an `iat` that is no number dies.
  return before === always || issuedAt === undefined || !(Math.floor(issuedAt) > before);
}

function told({ table, seq, before }: { table: Table; seq: number; before: NumericDate }): RevocationMatch {
  const kind = table === 'subject of client' ? 'subject' : table;
  return { kind, seq, before: before === always ? undefined : before };
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
