import type { EpochMs } from '../base/clock.ts';
import type { SessionOrigin, SessionOriginStore } from '../provider/index.ts';
import { purgeBatch, purgeInBatches } from './purge-in-batches.ts';
import { build } from './query-builder.ts';
import type { SessionOriginRow } from './schema.ts';
import type { Sql } from './sql.ts';

export function createSessionOriginStore(sql: Sql): SessionOriginStore {
  return Object.freeze<SessionOriginStore>({
    async record(origin) {
      await sql.write(upsert(origin));
    },
    async bySubject(issuer, issuerSubject) {
      return (await sql.all(ofIssuer(issuer).where('issuer_subject', '=', issuerSubject))).map(originOf);
    },
    async bySession(issuer, issuerSession) {
      return (await sql.all(ofIssuer(issuer).where('issuer_session', '=', issuerSession))).map(originOf);
    },
    purge: (now) => purgeInBatches(sql, purge(now)),
  });
}

function ofIssuer(issuer: string) {
  return build.selectFrom('session_origins').selectAll().where('issuer', '=', issuer);
}

function upsert(origin: SessionOrigin) {
  const { session, ...rest } = rowOf(origin);
  return build
    .insertInto('session_origins')
    .values({ session, ...rest })
    .onConflict((row) => row.column('session').doUpdateSet(rest));
}

function purge(now: EpochMs) {
  return build
    .deleteFrom('session_origins')
    .where('session', 'in', (rows) =>
      rows.selectFrom('session_origins').select('session').where('expires_at', '<=', now).limit(purgeBatch),
    );
}

function rowOf({ session, issuer, issuerSubject, issuerSession, at, expiresAt }: SessionOrigin): SessionOriginRow {
  return {
    session,
    issuer,
    issuer_subject: issuerSubject,
    issuer_session: issuerSession ?? null,
    at,
    expires_at: expiresAt,
  };
}

function originOf(row: SessionOriginRow): SessionOrigin {
  return {
    session: row.session,
    issuer: row.issuer,
    issuerSubject: row.issuer_subject,
    issuerSession: row.issuer_session ?? undefined,
    at: row.at,
    expiresAt: row.expires_at,
  };
}
