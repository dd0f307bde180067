import type { Clock } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import type { Issuer } from './issuer.ts';
import type { KeySourceHealth } from './key-source.ts';

export interface IssuerDependencies {
  readonly http: HttpClient;
  readonly clock: Clock;
}

export interface IssuerHealth {
  readonly name: string;
  readonly identifier: string;
  readonly preset: string;
  /** Why no JWT of it is accepted, if so. */
  readonly refusal: string | undefined;
  readonly keys: KeySourceHealth;
}

/** The foreign issuers of a configuration. */
export interface IssuerRegistry {
  /** The issuers of that name: several where several tenants of Entra ID are allowed, each an issuer of its own. */
  named(name: string): readonly Issuer[];
  readonly all: readonly Issuer[];
  /** Begins to fetch keys, and ends it for those of the previous registry that are not needed any more. Never waits. */
  start(): void;
  stop(): void;
  health(): readonly IssuerHealth[];
}
