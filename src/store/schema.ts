import type { Generated } from 'kysely';

/** The tables as migrations/ leaves them. Times are milliseconds since 1970 where nothing else is said. */
export interface Schema {
  revocations: RevocationRow;
  /** One row: where the log ends. */
  revocation_log: { id: 1; head: number; mark: string };
  /** One row: since when no report was lost, on the clock of the store. */
  gateway_roster: { id: 1; kept_since: number };
  gateways: GatewayRow;
  audit: AuditRow;
  tokens: TokenRow;
  status_lists: StatusListRow;
  artifacts: ArtifactRow;
  clients: { id: string; client: JsonText };
  signing_keys: { id: 1; revision: number; keys: JsonText };
  secrets: { name: string; value: string };
  account_links: AccountLinkRow;
  session_origins: SessionOriginRow;
}

type JsonText = string;
/** Since 1970. */
type Seconds = number;

export interface RevocationRow {
  seq: number;
  mark: string;
  at: number;
  issuer: string;
  kind: string;
  value: string;
  client: string | null;
  before: Seconds | null;
  begins_at: number | null;
  expires_at: number;
  reason: string | null;
  actor: string;
}

export interface GatewayRow {
  id: string;
  name: string;
  started_at: number;
  applied_seq: number;
  applied_mark: string;
  lease_ms: number;
  /** On the clock of the store. */
  reported_at: number;
}

export interface AuditRow {
  seq: Generated<number>;
  at: number;
  actor: string;
  action: string;
  target: string;
  details: JsonText;
}

export interface TokenRow {
  hash: string;
  id: string;
  kind: 'jwt' | 'opaque';
  client: string;
  subject: string;
  audience: string | null;
  scopes: JsonText;
  grant_id: string | null;
  session: string | null;
  key_id: string | null;
  issued_at: Seconds;
  expires_at: number;
  issued_until: number;
  claims: JsonText | null;
  subject_tokens: JsonText | null;
  status_list: number | null;
  status_index: number | null;
  exchanged_list: number | null;
}

export interface StatusListRow {
  list: Generated<number>;
  seed: string;
  given: number;
  given_at: number;
}

export interface ArtifactRow {
  model: string;
  key: string;
  payload: JsonText;
  grant_id: string | null;
  uid: string | null;
  consumed_at: Seconds | null;
  expires_at: number;
}

export interface AccountLinkRow {
  subject: string;
  issuer: string;
  issuer_subject: string;
  claims: JsonText;
  linked_at: number;
  last_sign_in: number | null;
}

export interface SessionOriginRow {
  session: string;
  issuer: string;
  issuer_subject: string;
  issuer_session: string | null;
  at: Seconds;
  expires_at: number;
}
