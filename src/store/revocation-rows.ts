import { randomBytes } from 'node:crypto';
import type { LogPage, LogPosition, PreparedRevocation, Revocation, RevocationKind } from '../revocation/index.ts';
import { auditRow } from './audit-row.ts';
import type { RevocationRow } from './schema.ts';

/** What an append leaves on its entries: 72 bits of chance, so that no two histories have one in common. */
export function newMark(): string {
  return randomBytes(9).toString('base64url');
}

/** Numbers what was appended, given the number of the last one. */
export function numbered(entries: readonly PreparedRevocation[], head: number): readonly Revocation[] {
  return entries.map((entry, index) => ({ ...entry, seq: head - entries.length + 1 + index }));
}

export function revocationRow({ expiresAt, from, ...entry }: PreparedRevocation): Omit<RevocationRow, 'seq' | 'mark'> {
  const { client = null, before = null, reason = null } = entry;
  return { ...entry, client, before, reason, begins_at: from ?? null, expires_at: expiresAt };
}

/** Member by member: a gateway that starts reads a million rows. */
export function revocationOf(row: RevocationRow): Revocation {
  return {
    seq: row.seq,
    at: row.at,
    issuer: row.issuer,
    kind: row.kind as RevocationKind,
    value: row.value,
    client: row.client ?? undefined,
    before: row.before ?? undefined,
    from: row.begins_at ?? undefined,
    expiresAt: row.expires_at,
    reason: row.reason ?? undefined,
    actor: row.actor,
  };
}

/** What the audit log says of an entry; its target is the sequence number. */
export function auditOf({ at, actor, ...details }: PreparedRevocation, target: string) {
  return auditRow({ at, actor, action: 'revocation.created', target, details });
}

type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

/** A row of `entriesAfter`: an entry, or the end of the log. */
export interface FollowingRow extends Nullable<RevocationRow> {
  readonly seq: number;
  readonly mark: string;
  /** Of the end of the log only. */
  readonly is_known: unknown;
}

export function pageOf(after: LogPosition, rows: readonly FollowingRow[], limit: number): LogPage | undefined {
  const end = rows.find(({ is_known }) => is_known !== null);
  if (end === undefined) throw new Error('The store has lost the row that says where its log ends.');
  if (after.seq !== 0 && !end.is_known) return undefined;
  const found = rows.filter(isEntry).sort((a, b) => a.seq - b.seq);
  const last = found.at(-1);
  const isLast = last === undefined || found.length < limit;
  const { seq, mark } = isLast ? end : last;
  return { entries: found.map(revocationOf), position: { seq, mark }, isLast };
}

function isEntry(row: FollowingRow): row is FollowingRow & RevocationRow {
  return row.is_known === null;
}
