import { randomUUID } from 'node:crypto';
import type { AccountLinkStore, LinkedAccount, LinkFacts } from '../provider/index.ts';
import { build } from './query-builder.ts';
import type { AccountLinkRow } from './schema.ts';
import type { Sql } from './sql.ts';
import { readJsonObject } from './stored-json.ts';

export function createAccountLinkStore(sql: Sql): AccountLinkStore {
  return Object.freeze<AccountLinkStore>({
    async link(issuer, issuerSubject, facts) {
      const row = await sql.writeFirst(upsert(issuer, issuerSubject, facts));
      if (row === undefined) throw new Error('The store returned no row for an account that it was given.');
      return linkedAccountOf(row);
    },
    async find(subject) {
      const row = await sql.first(build.selectFrom('account_links').selectAll().where('subject', '=', subject));
      return row === undefined ? undefined : linkedAccountOf(row);
    },
    async findByIssuer(issuer, issuerSubject) {
      const row = await sql.first(
        build
          .selectFrom('account_links')
          .selectAll()
          .where('issuer', '=', issuer)
          .where('issuer_subject', '=', issuerSubject),
      );
      return row === undefined ? undefined : linkedAccountOf(row);
    },
  });
}

/** One statement finds or makes: the fresh subject counts only where there is no row yet. */
function upsert(issuer: string, issuerSubject: string, { at, signedIn, claims }: LinkFacts) {
  const text = claims === undefined ? undefined : JSON.stringify(claims);
  const known = { ...(text !== undefined && { claims: text }), ...(signedIn && { last_sign_in: at }) };
  return build
    .insertInto('account_links')
    .values({
      subject: randomUUID(),
      issuer,
      issuer_subject: issuerSubject,
      claims: text ?? '{}',
      linked_at: at,
      last_sign_in: signedIn ? at : null,
    })
    .onConflict((row) => row.columns(['issuer', 'issuer_subject']).doUpdateSet({ issuer, ...known }))
    .returningAll();
}

function linkedAccountOf(row: AccountLinkRow): LinkedAccount {
  return {
    subject: row.subject,
    issuer: row.issuer,
    issuerSubject: row.issuer_subject,
    claims: readJsonObject(row.claims),
    linkedAt: row.linked_at,
    lastSignIn: row.last_sign_in ?? undefined,
  };
}
