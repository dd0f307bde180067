import type { EpochMs } from '../base/clock.ts';
import type { JsonObject } from '../protocol/claims.ts';

/** Who did what to what, and when. Details never hold a token or a secret. */
export interface AuditEntry {
  readonly at: EpochMs;
  /** `client:ID` or `subject:ID` of the caller, or the name of the part of Gatehouse that acted by itself. */
  readonly actor: string;
  /** `noun.verb`, for instance `client.created`. */
  readonly action: string;
  /** What it was done to, for instance a client's id. */
  readonly target: string;
  readonly details: JsonObject;
}

export interface AuditRecord extends AuditEntry {
  /** Grows by every record and is never used again. */
  readonly seq: number;
}

export interface AuditFilter {
  /** Only records with a smaller `seq`. */
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly limit: number;
}

/** The port: an append-only log. A write that resolved is durable. */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly AuditRecord[]>;
}
