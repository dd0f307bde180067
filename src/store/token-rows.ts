import type { IssuedToken, SubjectToken } from '../provider/index.ts';
import type { TokenRow } from './schema.ts';
import { readJsonObject } from './stored-json.ts';

export function rowOf(token: IssuedToken): TokenRow {
  return {
    hash: token.hash,
    id: token.id,
    kind: token.kind,
    client: token.client,
    subject: token.subject,
    audience: token.audience ?? null,
    scopes: JSON.stringify(token.scopes),
    grant_id: token.grantId ?? null,
    session: token.session ?? null,
    key_id: token.keyId ?? null,
    issued_at: token.issuedAt,
    expires_at: token.expiresAt,
    issued_until: token.issuedUntil,
    claims: token.claims === undefined ? null : JSON.stringify(token.claims),
    subject_tokens: token.subjectTokens.length === 0 ? null : JSON.stringify(token.subjectTokens),
    status_list: token.status?.list ?? null,
    status_index: token.status?.index ?? null,
    exchanged_list: token.subjectTokens.length === 0 ? null : (token.status?.list ?? null),
  };
}

export function tokenOf(row: TokenRow): IssuedToken {
  return {
    hash: row.hash,
    id: row.id,
    kind: row.kind,
    client: row.client,
    subject: row.subject,
    audience: row.audience ?? undefined,
    scopes: JSON.parse(row.scopes) as readonly string[],
    grantId: row.grant_id ?? undefined,
    session: row.session ?? undefined,
    keyId: row.key_id ?? undefined,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    issuedUntil: row.issued_until,
    claims: row.claims === null ? undefined : readJsonObject(row.claims),
    subjectTokens: row.subject_tokens === null ? [] : (JSON.parse(row.subject_tokens) as readonly SubjectToken[]),
    ...placeOf(row),
  };
}

function placeOf({ status_list: list, status_index: index }: TokenRow): Pick<IssuedToken, 'status'> {
  return list === null || index === null ? {} : { status: { list, index } };
}
