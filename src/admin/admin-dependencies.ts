import type { Access, ProtectedApi } from '../access/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import type { HttpClient } from '../net/index.ts';
import type { IntrospectionHealth } from '../opaque/index.ts';
import type { Provider, SigningKeyStore } from '../provider/index.ts';
import type {
  GatewayReceipt,
  GatewayRoster,
  NewRevocation,
  Revocation,
  RevocationFilter,
  RevocationLog,
  RevokedEverywhere,
} from '../revocation/index.ts';
import type { ApiDescription } from './api-description.ts';
import type { AuditLog } from './audit-log.ts';

/** What the admin API reaches for. All that a reload may change is asked anew for every call. */
export interface AdminDependencies {
  readonly clock: Clock;
  readonly access: Pick<Access, 'decide' | 'explain' | 'remembered' | 'countRemembered'>;
  /** The admin API itself, as made by `protectAdmin`. */
  self(): ProtectedApi;
  protectedApi(name: string): ProtectedApi | undefined;
  apis(): readonly ApiDescription[];
  /** All issuers, our own provider among them. */
  issuers(): readonly Issuer[];
  /** How the issuers answer that are asked about their tokens. */
  introspections(): readonly IntrospectionHealth[];
  /** By what issuers are called. */
  readonly http: HttpClient;
  readonly revocations: RevocationAdministration;
  /** Who is there, and where gateways from afar are reported. */
  readonly roster: Pick<GatewayRoster, 'report' | 'withdraw' | 'list'>;
  /** Where there is none, its clients, tokens and keys have no endpoints. */
  readonly provider: Pick<Provider, 'issuer' | 'clients' | 'tokens' | 'rotateKeys'> | undefined;
  readonly signingKeys: Pick<SigningKeyStore, 'read'>;
  readonly audit: AuditLog;
  /** Whether this process may be sent requests, by what that depends on. */
  readiness(): readonly ReadinessCheck[] | Promise<readonly ReadinessCheck[]>;
  /** In the Prometheus text format. */
  metrics(): Promise<string>;
}

export interface RevocationAdministration {
  /** Resolves when the entries are durable, in the log and in the audit log, and applied in this process. */
  revoke(entries: readonly NewRevocation[]): Promise<readonly Revocation[]>;
  /** The same, and waits for every gateway to apply the entries, for so many milliseconds at most. */
  revokeEverywhere(entries: readonly NewRevocation[], waitMs: number): Promise<RevokedEverywhere>;
  /** How each gateway stands towards the entry of that number. */
  whereInForce(seq: number): Promise<readonly GatewayReceipt[]>;
  /** Newest first. */
  list(filter: RevocationFilter): Promise<readonly Revocation[]>;
  /** For those who follow the log from afar. */
  readonly log: Pick<RevocationLog, 'readAfter' | 'head' | 'subscribe'>;
}

export interface ReadinessCheck {
  readonly name: string;
  readonly ready: boolean;
}
