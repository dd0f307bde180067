import type { EpochMs } from '../base/clock.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';

/** One demand of a rule: undefined where it is met, else why not. Never throws. */
export type Requirement = (principal: Principal, request: AccessRequest, now: EpochMs) => Rejection | undefined;

export interface CompiledRule {
  /** Undefined covers every method. */
  readonly methods: ReadonlySet<string> | undefined;
  readonly requirements: readonly Requirement[];
}

/** The rules of an API, compiled and checked. Made by `compilePolicy`. */
export interface CompiledPolicy {
  readonly rules: readonly CompiledRule[];
}
