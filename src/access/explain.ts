import type { EpochMs } from '../base/clock.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import { type Check, checks } from '../protocol/check.ts';
import type { Principal } from '../protocol/principal.ts';
import { kindOf, type Rejection, type RejectionCode } from '../protocol/rejection.ts';
import { decide, type Gate } from './decide.ts';
import type { ProtectedApi } from './protected-api.ts';

/** The journey, told: each check in order, and where the token fails. Holds no part of the token. */
export interface Explanation {
  readonly api: string;
  readonly granted: boolean;
  readonly steps: readonly ExplainedStep[];
  readonly rejection: ExplainedRejection | undefined;
  readonly principal: Principal | undefined;
}

export interface ExplainedStep {
  readonly check: Check;
  readonly outcome: 'passed' | 'failed' | 'not reached';
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ExplainedRejection {
  readonly code: RejectionCode;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Checks that only one kind of token goes through; the rest every token does. */
const ofJwt: ReadonlySet<Check> = new Set(['decoding', 'key', 'signature', 'claims']);
const ofJwe: ReadonlySet<Check> = new Set(['decryption']);
const ofOpaque: ReadonlySet<Check> = new Set(['introspection']);
const ofTheGateway: ReadonlySet<Check> = new Set(['request', 'upstream']);

/** Runs the very same journey as the gateway, without its memory, and writes down what each check saw. */
export async function explain(
  gate: Gate,
  api: ProtectedApi,
  request: AccessRequest,
  now: EpochMs,
): Promise<Explanation> {
  const passed = new Map<Check, Record<string, unknown>>();
  const decision = await decide(gate, api, request, now, (check, facts) => {
    passed.set(check, { ...passed.get(check), ...facts });
  });
  const failure = decision.granted ? undefined : decision.rejection;
  return {
    api: api.name,
    granted: decision.granted,
    steps: tell(passed, failure),
    rejection: failure === undefined ? undefined : describe(failure),
    principal: decision.principal,
  };
}

function tell(passed: ReadonlyMap<Check, Record<string, unknown>>, failure: Rejection | undefined): ExplainedStep[] {
  const failed = failure === undefined ? undefined : kindOf(failure).check;
  const seen = (check: Check): boolean => passed.has(check) || check === failed;
  const isOpaque = checks.some((check) => ofOpaque.has(check) && seen(check));
  const isOfOthers = (check: Check): boolean => ofJwe.has(check) || (isOpaque ? ofJwt : ofOpaque).has(check);
  return checks
    .filter((check) => !ofTheGateway.has(check) && (seen(check) || !isOfOthers(check)))
    .map((check) => step(check, passed.get(check), check === failed ? failure : undefined));
}

function step(
  check: Check,
  facts: Readonly<Record<string, unknown>> | undefined,
  failure: Rejection | undefined,
): ExplainedStep {
  if (failure !== undefined) return { check, outcome: 'failed', facts: { ...facts, ...failure.facts } };
  if (facts === undefined) return { check, outcome: 'not reached', facts: {} };
  return { check, outcome: 'passed', facts };
}

function describe(failure: Rejection): ExplainedRejection {
  const { status, title, remedy } = kindOf(failure);
  return { code: failure.code, status, title, remedy, facts: failure.facts };
}
